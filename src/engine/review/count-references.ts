import type { LoadTable } from '#engine/model/load-table';
import type { ReviewNames } from '#engine/model/review-names';
import type { PgClient } from '#engine/postgres/client';

/** Rows rejected because a row they refer to is missing: that is the first objection to them, which is the one counted. */
export async function countMissingReferences(
  client: PgClient,
  { rejects, staged }: ReviewNames,
  { index }: LoadTable,
): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) from (
       select distinct on (r.file, r.seq) r.code from ${rejects} r
       where r.tab = $1 and not exists (select from ${staged} s where s.file = r.file and s.code is not null)
       order by r.file, r.seq, r.number) first where code = 'MISSING_REFERENCE'`,
    [index],
  );
  return Number(rows[0]?.count);
}

/** References that become null because their row is missing. */
export async function countNulled(
  client: PgClient,
  { nulled, dead }: ReviewNames,
  { index }: LoadTable,
): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) from ${nulled} n
     where n.tab = $1 and not exists (select from ${dead} d where d.file = n.file and d.seq = n.seq)`,
    [index],
  );
  return Number(rows[0]?.count);
}
