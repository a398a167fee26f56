import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';

/** From the transaction's end on, what is staged outlasts a crash of the server. */
export async function setLogged(client: PgClient, names: StagingNames): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relkind = 'r' and c.relpersistence = 'u' order by 1`,
    [names.schemaName],
  );
  for (const { name } of rows) await client.query(`alter table ${names.own(name)} set logged`);
}

/** What everything staged takes on the server, with its indexes. */
export async function stagedBytes(client: PgClient, names: StagingNames): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>(
    `select coalesce(sum(pg_total_relation_size(c.oid)), 0) as bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relkind = 'r'`,
    [names.schemaName],
  );
  return Number(rows[0]?.bytes);
}
