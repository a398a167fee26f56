import type { LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import type { ResolvedRows } from './resolve-columns.ts';

/** A small sample is enough to choose between joins; the full default costs more than the joins it would better. */
const STATISTICS_TARGET = 10;

/** Lets the server know how the columns are filled that rows are found by. */
export async function analyzeKeys(
  client: PgClient,
  tables: readonly LoadTable[],
  resolved: ResolvedRows,
): Promise<void> {
  await client.query(`set local default_statistics_target = ${STATISTICS_TARGET}`);
  for (const table of tables) {
    const columns = new Set(['file', 'seq', ...table.key.map((index) => `c${index}`)]);
    for (const reference of table.references) for (const index of reference.columns) columns.add(`c${index}`);
    await client.query(`analyze ${resolved.relation(table.index)} (${[...columns].join(', ')})`);
  }
}
