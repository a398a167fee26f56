import { LoadstoneError } from '#contract/errors';
import type { TableChange, TablesPlan } from '#contract/tables-plan';
import { toLoadstoneError } from '#engine/postgres/server-errors';
import { isTransient, sqlStateOf } from '#engine/postgres/transient';

/** Everything that is refused, each with what, from what, to what, and why. */
export function refusedPlan({ changes, policy }: TablesPlan): LoadstoneError {
  const refused = changes.filter(({ outcome }) => outcome === 'refused');
  const isFrozen = policy === 'freeze';
  return new LoadstoneError({
    code: 'TARGET_MISMATCH',
    message: `${isFrozen ? 'The tables are frozen, and do not fit the mapping' : 'The tables cannot be made to fit the mapping without loss'}: ${refused.map(sentence).join('; ')}. Nothing was changed.`,
    remedy: isFrozen
      ? 'Change the mapping, or let the tables change with the policy evolve.'
      : 'Change the types or columns in the mapping, or alter the tables yourself.',
  });
}

/** Indexes, references and comments are the script's own business; without the rest a load would fail. */
export function assertScriptFits({ changes }: TablesPlan): void {
  const missing = changes.filter(({ kind }) => !['add-index', 'add-reference', 'comment'].includes(kind));
  if (missing.length === 0) return;
  throw new LoadstoneError({
    code: 'TARGET_MISMATCH',
    message: `After the DDL the tables would not fit the mapping: ${missing.map(sentence).join('; ')}. Nothing was changed.`,
    remedy: 'Correct the DDL, or change the mapping in the same way.',
  });
}

const NOT_ALLOWED = '42501';

/** What the server refuses, with what can be done; what may go well another time passes through. */
export function throwExplained(thrown: unknown): never {
  const sqlState = sqlStateOf(thrown);
  if (thrown instanceof LoadstoneError || sqlState === undefined || isTransient(thrown)) throw thrown;
  if (sqlState !== NOT_ALLOWED) throw toLoadstoneError(thrown, { action: 'compare or change the tables' });
  throw new LoadstoneError({
    code: 'PERMISSION_DENIED',
    message: `The tables could not be compared or changed: ${thrown instanceof Error ? thrown.message : thrown}. Nothing was changed.`,
    remedy:
      'Only its owner may alter a table: connect as the owner, or have the owner run what "loadstone tables create --dry-run" prints.',
    sqlState,
    cause: thrown,
  });
}

function sentence(change: TableChange): string {
  const { table, columns, from, to, safety } = change;
  const why = safety === 'safe' ? '' : `: ${change.reason}`;
  const place = columns.length === 0 ? table : `${table} (${columns.join(', ')})`;
  switch (change.kind) {
    case 'create-table':
      return safety === 'safe' ? `${table} is missing` : `${table} (${to}) cannot be created${why}`;
    case 'comment':
      return `${table} has no comment`;
    case 'add-column':
      return `${place} is missing, type ${to}`;
    case 'widen-type':
      return `${place} has type ${from}, the mapping wants ${to}${why}`;
    case 'add-key':
      return `${place} is no key${why}`;
    case 'add-reference':
      return `${place} does not refer to ${to}${why}`;
    case 'add-index':
      return `${place} has no index`;
    case 'fill-column':
      return `${place}${why}`;
    default:
      return change.kind satisfies never;
  }
}
