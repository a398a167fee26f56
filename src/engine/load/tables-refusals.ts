import { LoadstoneError } from '#contract/errors';
import type { TableChange, TablesPlan } from '#contract/tables-plan';

/** Everything that is refused, each with what, from what, to what, and why. */
export function refusedPlan({ changes, policy }: TablesPlan): LoadstoneError {
  const refused = changes.filter(({ outcome, kind }) => outcome === 'refused' && kind !== 'comment');
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

function sentence(change: TableChange): string {
  const { table, columns, from, to, safety } = change;
  const why = safety === 'safe' ? '' : `: ${change.reason}`;
  const place = columns.length === 0 ? table : `${table} (${columns.join(', ')})`;
  switch (change.kind) {
    case 'create-table':
      return `${table} is missing`;
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
