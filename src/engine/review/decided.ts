import { valueColumns } from '#engine/check/column-sql';
import { differingFrom } from '#engine/check/differing-rows';
import type { LoadTable } from '#engine/model/load-table';
import type { Parameters } from './parameters.ts';

/** What becomes of the conflicts by the policies of their columns. */
export function decisions(table: LoadTable, relation: string, _: Parameters, where: string): string {
  const of = (kind: string) =>
    `'{${valueColumns(table)
      .filter(({ policy }) => policy === kind)
      .map(({ index }) => index)
      .join(', ')}}'::int[]`;
  return `select d.number, null::int as place, case when d.changed && ${of('fail')} then 'fails'
    when d.changed && ${of('overwrite')} then 'updated' else 'skipped' end as outcome
    from ${differingFrom(table, relation)} d where ${where}`;
}
