import type { MappedColumn, MappedTable } from '#contract/mapping';

/** @returns where a table's rows come from, as it stands in the database beside the table. */
export function tableComment({ records }: Pick<MappedTable, 'records'>): string {
  return records === undefined ? 'from each record' : `from ${records}`;
}

/** @returns where a column's values come from, or null when the mapping says only what stands in for them. */
export function columnComment({ path, const: constant, lookup }: MappedColumn): string | null {
  if (constant !== undefined) return `constant ${JSON.stringify(constant)}`;
  if (lookup !== undefined)
    return `looked up in ${lookup.map(({ table, take }) => `${table} (${take})`).join(', then ')}`;
  return path === undefined ? null : `from ${[path].flat().join(', else ')}`;
}
