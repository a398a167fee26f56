import { targetOf } from '#engine/check/column-sql';
import type { LoadTable } from '#engine/model/load-table';
import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';
import type { MergeContext, MergedTable } from './merge-context.ts';

/**
 * Rows written under savepoints carry numbers of subtransactions, not the load's own: each is kept beside its key, so
 * that undo can tell later that nobody has written the row since.
 */
export async function keepWriters(context: MergeContext, merged: ReadonlyMap<number, MergedTable>): Promise<void> {
  if (!context.underSavepoints) return;
  for (const [index, { insertedTable, beforeTable }] of merged) {
    const table = context.tables[index] as LoadTable;
    const keys =
      table.surrogate === null ? table.key.map((key) => table.columns[key]?.name as string) : [table.surrogate];
    const onKey = keys.map((key) => `b.${quoteIdentifier(key)} = t.${quoteIdentifier(key)}`).join(' and ');
    for (const kept of [insertedTable, beforeTable].filter((name) => name !== null)) {
      await context.client.query(
        `update ${quoteQualified('loadstone', kept)} b set "loadstone:writer" = t.xmin::text::bigint from ${targetOf(table)} t where ${onKey}`,
      );
    }
  }
}
