import { MOST_UNDO_DAYS } from '#contract/api/settings';
import { LoadstoneError } from '#contract/errors';

/**
 * For how many days loads can be undone, as the environment says where no window sets it: `LOADSTONE_UNDO_DAYS`, a number or
 * `forever`.
 * @returns null: for ever; undefined: it says nothing.
 * @throws LoadstoneError CONFIG_INVALID
 */
export function undoDaysOfEnvironment(env: NodeJS.ProcessEnv): number | null | undefined {
  const text = env.LOADSTONE_UNDO_DAYS?.trim();
  if (text === undefined || text === '') return undefined;
  if (text === 'forever') return null;
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (days >= 1 && days <= MOST_UNDO_DAYS) return days;
  throw new LoadstoneError({
    code: 'CONFIG_INVALID',
    message: `LOADSTONE_UNDO_DAYS is "${text}". Nothing was done.`,
    remedy: `Set it to a number of days from 1 to ${MOST_UNDO_DAYS}, or to "forever".`,
  });
}
