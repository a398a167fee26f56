import type { LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { keyColumns } from './column-sql.ts';
import type { LiveRows } from './live-rows.ts';

/**
 * Keys that the load brings more than once, as the temporary table `repeated_N` (the key's columns, `times`).
 * @returns its name, or null when there are none: then the table is empty and nobody needs to look at it.
 */
export async function findRepeatedKeys(client: PgClient, live: LiveRows, table: LoadTable): Promise<string | null> {
  const keys = keyColumns(table)
    .map(({ index }) => `c${index}`)
    .join(', ');
  const name = `repeated_${table.index}`;
  const { rowCount } = await client.query(
    `create temp table ${name} on commit drop as
     select ${keys}, count(*)::int as times from ${live.select(table)} s group by ${keys} having count(*) > 1`,
  );
  if (rowCount === 0) return null;
  await client.query(`analyze ${name} (${keys})`);
  return name;
}

/** Whether the row `s` has the key of the row `r`. */
export function onRepeatedKey(table: LoadTable): string {
  return keyColumns(table)
    .map(({ index }) => `r.c${index} = s.c${index}`)
    .join(' and ');
}
