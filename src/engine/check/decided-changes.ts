import { policyKind, withPolicy } from '#engine/model/column-policy';
import type { ColumnPolicy, LoadTable } from '#engine/model/load-table';
import type { DecidedConflicts } from './classify-rows.ts';
import { mergedValue } from './column-sql.ts';
import { conflictVersions } from './conflict-conditions.ts';
import { differingFrom } from './differing-rows.ts';

/**
 * Selects (file, seq, line, c…), one per policy that was chosen for any row, of the conflicts of keys that come once and
 * whose target row changes, with the values it will have.
 */
export function decidedChanges(table: LoadTable, { differing, decisions }: DecidedConflicts): readonly string[] {
  const policies = new Map<string, ColumnPolicy>();
  for (const { use } of table.choices) policies.set(JSON.stringify(use), use);
  const chosen = [...policies.values()].map((policy) =>
    changes(withPolicy(table, policy), differing, `select number from ${decisions} where ${isSettled(policy)}`),
  );
  return [changes(table, differing, `select number from ${decisions} where ${isSettled(null)}`), ...chosen];
}

function isSettled(policy: ColumnPolicy | null): string {
  const settled = "repeats = 0 and outcome = 'updated'";
  if (policy === null) return `${settled} and use is null`;
  const by = typeof policy === 'object' ? ` and by = ${policy.newer}` : '';
  return `${settled} and use = '${policyKind(policy)}'${by}`;
}

function changes(table: LoadTable, differing: string, numbers: string): string {
  const versions = conflictVersions(table);
  const values = table.columns.map((column) => {
    const value = table.key.includes(column.index) ? versions.staged(column) : mergedValue(table, column, versions);
    return `${value} as c${column.index}`;
  });
  return `select d.file, d.seq, d.line, ${values.join(', ')} from ${differingFrom(table, differing, `number in (${numbers})`)} d`;
}
