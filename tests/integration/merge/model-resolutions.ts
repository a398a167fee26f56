import type { ConflictCondition, ResolutionPolicy } from '#contract/resolutions';
import type { ModelTable, Values } from './model.ts';

/** What resolutions mean, said in plain TypeScript after their documentation. */

/** The policy of a column for rows that no choice is about. */
function policyOf(table: ModelTable, column: string): ResolutionPolicy {
  const { use, tables } = table.resolutions ?? {};
  const own = tables?.[table.name];
  const single = own?.columns?.[column];
  if (single !== undefined) return single;
  if (own?.use !== undefined) return own.use;
  const isMeant = typeof use === 'string' || (use !== undefined && isDecisive(table, use.newer));
  return use !== undefined && isMeant ? use : (table.policies[column] ?? 'skip');
}

function isDecisive(table: ModelTable, column: string): boolean {
  return table.columns.includes(column) && !table.key.includes(column);
}

function saysNothing(table: ModelTable, row: Values, column: string): boolean {
  return row[column] === null && column in table.defaults;
}

function differs(table: ModelTable, current: Values, row: Values, column: string): boolean {
  return !table.key.includes(column) && !saysNothing(table, row, column) && row[column] !== current[column];
}

function compare(table: ModelTable, column: string, a: string, b: string): number {
  return table.numbers.includes(column) ? Number(a) - Number(b) : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function isNewer(table: ModelTable, column: string, current: Values, row: Values): boolean {
  const said = row[column] ?? null;
  const there = current[column] ?? null;
  if (said === null) return false;
  return there === null || compare(table, column, said, there) > 0;
}

type Met = { readonly kind: 'unchanged' | 'skipped' | 'fails' } | { readonly kind: 'updated'; readonly values: Values };

/** What becomes of a row of the target that meets a row of the load. */
export function meet(table: ModelTable, current: Values, row: Values, chosen: ResolutionPolicy | undefined): Met {
  const changed = table.columns.filter((column) => differs(table, current, row, column));
  if (changed.length === 0) return { kind: 'unchanged' };
  const policies = changed.map((column) => [column, chosen ?? policyOf(table, column)] as const);
  if (policies.some(([, policy]) => policy === 'fail')) return { kind: 'fails' };
  const next: Record<string, string | null> = { ...current };
  for (const [column, policy] of policies) {
    const isTaken =
      policy === 'overwrite' ||
      (policy === 'merge' && current[column] === null) ||
      (typeof policy === 'object' && isNewer(table, policy.newer, current, row));
    if (isTaken) next[column] = row[column] ?? null;
  }
  return changed.some((column) => next[column] !== current[column])
    ? { kind: 'updated', values: next }
    : { kind: 'skipped' };
}

/** What was chosen for a row of the target, told by the last row of the load that differs from it. */
export function chosenFor(table: ModelTable, former: Values, rows: readonly Values[]): ResolutionPolicy | undefined {
  const last = rows.findLast((row) => table.columns.some((column) => differs(table, former, row, column)));
  if (last === undefined) return undefined;
  return table.resolutions?.choices?.findLast(({ table: name, which }) => {
    if (name !== table.name) return false;
    if ('key' in which) return table.key.every((column) => which.key[column] === last[column]);
    return which.where.every((condition) => holds(table, former, last, condition));
  })?.use;
}

function holds(table: ModelTable, former: Values, row: Values, condition: ConflictCondition): boolean {
  const { column } = condition;
  const said = row[column] ?? null;
  const there = former[column] ?? null;
  const isChanged = differs(table, former, row, column);
  switch (condition.is) {
    case 'newer':
      return said !== null && there !== null && compare(table, column, said, there) > 0;
    case 'older':
      return said !== null && there !== null && compare(table, column, said, there) < 0;
    case 'same':
      return !isChanged;
    case 'different':
      return isChanged;
    case 'fills':
      return isChanged && there === null;
    case 'empties':
      return isChanged && said === null;
    case 'equals':
      return (condition.side === 'new' ? said : there) === condition.text;
    case 'contains':
      return ((condition.side === 'new' ? said : there) ?? '').toLowerCase().includes(condition.text.toLowerCase());
    default:
      return condition satisfies never;
  }
}
