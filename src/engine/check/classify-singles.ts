import type { LoadTable } from '#engine/model/load-table';
import {
  all,
  any,
  comparable,
  failsBy,
  keysEqual,
  mergedValue,
  saysSame,
  targetOf,
  targetValue,
  type Versions,
  valueColumns,
} from './column-sql.ts';
import type { LiveRows } from './live-rows.ts';
import { onRepeatedKey } from './repeated-keys.ts';

const SINGLE: Versions = { staged: ({ index }) => `s.c${index}`, current: targetValue };

/** The outcomes of rows whose key comes once and is in the target, by the columns' policies. */
export function plainSingles(live: LiveRows, table: LoadTable, repeated: string | null): string {
  const values = valueColumns(table);
  const same = values.map((column) => saysSame(SINGLE.staged(column), targetValue(column), column));
  const changes = values.map((column) => {
    const merged = mergedValue(table, column, SINGLE);
    return `${comparable(merged, column)} is distinct from ${comparable(targetValue(column), column)}`;
  });
  return `select s.file, s.seq, s.line, case
      when ${all(same)} then 'unchanged' when ${failsBy(values, SINGLE)} then 'fails' when ${any(changes)} then 'updated' else 'skipped' end, false
    from ${live.select(table)} s join ${targetOf(table)} t on ${keysEqual(table)}
    ${onlyOnce(table, repeated)}`;
}

/** The same where conflicts were decided before: whatever is no conflict is unchanged. */
export function decidedSingles(live: LiveRows, table: LoadTable, repeated: string | null, decisions: string): string {
  return `select s.file, s.seq, s.line, coalesce(d.outcome, 'unchanged'), false
    from ${live.select(table)} s join ${targetOf(table)} t on ${keysEqual(table)}
    left join ${decisions} d on d.file = s.file and d.seq = s.seq
    ${onlyOnce(table, repeated)}`;
}

function onlyOnce(table: LoadTable, repeated: string | null): string {
  return repeated === null ? '' : `where not exists (select from ${repeated} r where ${onRepeatedKey(table)})`;
}
