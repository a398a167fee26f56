import type { ConflictPolicy } from '#contract/mapping';
import type { ColumnPolicy, LoadTable } from './load-table.ts';

/** The policy's name. */
export function policyKind(policy: ColumnPolicy): ConflictPolicy | 'newer' {
  return typeof policy === 'object' ? 'newer' : policy;
}

/** The number of the column that decides in the table's columns whose policy is `newer`: one for all of them. */
export function newerBy(table: LoadTable): number | null {
  const found = table.columns.find(({ index, policy }) => typeof policy === 'object' && !table.key.includes(index));
  return typeof found?.policy === 'object' ? found.policy.newer : null;
}

/** The table as if nothing but this policy held in all of its columns. */
export function withPolicy(table: LoadTable, policy: ColumnPolicy): LoadTable {
  return { ...table, columns: table.columns.map((column) => ({ ...column, policy })) };
}
