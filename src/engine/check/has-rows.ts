import type { LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { targetOf } from './column-sql.ts';

/** Whether the target has any row that a staged one may meet. */
export async function targetHasRows(client: PgClient, table: LoadTable): Promise<boolean> {
  if (!table.exists) return false;
  const { rowCount } = await client.query(`select from ${targetOf(table)} limit 1`);
  return rowCount === 1;
}
