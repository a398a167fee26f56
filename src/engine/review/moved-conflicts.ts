import { conflictTexts } from '#engine/check/differing-rows';
import type { LoadTable } from '#engine/model/load-table';
import type { ReviewNames } from '#engine/model/review-names';
import type { PgClient } from '#engine/postgres/client';

/** Keeps the conflicts of the check before under other names, until they are compared with those of the next. */
export async function setConflictsAside(
  client: PgClient,
  { own, schemaName }: ReviewNames,
  tables: readonly LoadTable[],
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relname = any($2::text[])`,
    [schemaName, tables.flatMap(({ index }) => [`differing_${index}`, `differing_${index}_old`])],
  );
  for (const { name } of rows) {
    await client.query(`alter table ${own(name)} rename to "${name.replace('differing', 'before')}"`);
  }
}

/** @returns how many conflicts came, went or changed since those that were set aside, which are dropped. */
export async function countMovedSince(
  client: PgClient,
  names: ReviewNames,
  tables: readonly LoadTable[],
): Promise<number> {
  let moved = 0;
  for (const table of tables) {
    const before = names.own(`before_${table.index}`);
    moved += await countMoved(client, table, before, names.differing(table.index));
    await client.query(`drop table if exists ${before}, ${names.own(`before_${table.index}_old`)}`);
  }
  return moved;
}

/**
 * @returns how many conflicts of a table are in one of two relations only, by key and by the values of both versions. A
 * relation that is not there has none.
 */
export async function countMoved(client: PgClient, table: LoadTable, before: string, now: string): Promise<number> {
  const { rows: found } = await client.query<Record<'before' | 'now', boolean>>(
    `select to_regclass($1) is not null as before, to_regclass($2) is not null as now`,
    [before, now],
  );
  if (!found[0]?.before && !found[0]?.now) return 0;
  if (!found[0]?.before) return countAll(client, now);
  if (!found[0]?.now) return countAll(client, before);
  const keys = table.key.map((index) => `n.n${index} = b.n${index}`);
  const { rows } = await client.query<{ count: string }>(
    `select count(*) from (select * from ${conflictTexts(table, before)} x) b
       full join (select * from ${conflictTexts(table, now)} x) n on ${keys.join(' and ')}
     where b.number is null or n.number is null or b.said is distinct from n.said or b.had is distinct from n.had`,
  );
  return Number(rows[0]?.count);
}

async function countAll(client: PgClient, relation: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`select count(*) from ${relation}`);
  return Number(rows[0]?.count);
}
