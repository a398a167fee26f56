import { LoadstoneError } from '#contract/errors';
import type { LoadTable } from '#engine/model/load-table';
import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { tableNames } from './keep-record.ts';
import { WANTED } from './merge-context.ts';

/**
 * Chooses the rows of a retry: those whose rejects are open at this moment, while the caller holds the rejected load.
 * Everything else that is staged is there to be looked at only. Rows for which something else was written since they
 * were staged are left open, and what hangs from them with them.
 *
 * @returns the relation (file, seq) of the rows.
 * @throws LoadstoneError RETRY_INVALID when the staged records are not those that were rejected.
 */
export async function takeWanted(
  client: PgClient,
  names: StagingNames,
  tables: readonly LoadTable[],
  rootId: string,
): Promise<string> {
  const known = JSON.stringify(tableNames(tables));
  await client.query(
    `create temp table wanted on commit drop as
     select distinct r.file, r.sequence as seq, r.line, (k.place - 1)::int as tab
     from loadstone.rejects r join ${names.staged} s on s.file = r.file and s.code is null
     left join jsonb_array_elements($2::jsonb) with ordinality k (said, place) on k.said ->> 'name' = r.table_name
     where r.load_id = $1 and r.fixed_by is null`,
    [rootId, known],
  );
  await client.query(`create index on ${WANTED} (file, seq); analyze ${WANTED}`);
  await assertSameRecords(client, names, tables);
  await leaveRecorrected(client, names, rootId, known);
  await client.query(
    `delete from ${names.rejects} r where not exists (select from ${WANTED} w where w.file = r.file and w.seq = r.seq);
     delete from ${names.warnings};`,
  );
  return WANTED;
}

/** Every open row has to be among the staged ones, as a row or as a reject, where it stood before. */
async function assertSameRecords(client: PgClient, names: StagingNames, tables: readonly LoadTable[]): Promise<void> {
  const staged = tables.map(
    ({ index }) => `select file, seq, line, ${index} as tab from ${names.rows(index)}
      join (select distinct file, seq from ${WANTED} where tab = ${index}) w using (file, seq)`,
  );
  const { rows } = await client.query<{ count: string; path: string; line: number }>(
    `with staged as (${staged.join(' union all ')} union all select file, seq, line, tab from ${names.rejects})
     select count(*) over () as count, p.path, w.line from ${WANTED} w join ${names.plan} p on p.id = w.file
     where not exists (select from staged s where s.file = w.file and s.seq = w.seq and s.tab = w.tab and s.line = w.line)
     order by w.file, w.seq limit 1`,
  );
  const first = rows[0];
  if (first === undefined) return;
  throw new LoadstoneError({
    code: 'RETRY_INVALID',
    message: `${first.count} of the rejected records are no longer found where they stood, the first in ${first.path}, line ${first.line}. Nothing was loaded.`,
    remedy: 'Retry with the mapping that rejected them, or load the files anew.',
    place: { path: first.path, line: first.line },
  });
}

async function leaveRecorrected(client: PgClient, names: StagingNames, rootId: string, known: string): Promise<void> {
  await client.query(
    `with said as (
       select c.file, c.sequence as seq, c.value, case when c.column_name = '' then -1 else (n.place - 1)::int end as col
       from loadstone.corrections c
       join jsonb_array_elements($2::jsonb) k on k ->> 'name' = c.table_name
       left join jsonb_array_elements_text(k -> 'columns') with ordinality n (name, place) on n.name = c.column_name
       where c.load_id = $1 and (c.column_name = '' or n.place is not null)),
     gone as (
       delete from ${WANTED} w using (
         select file, seq from said full join ${names.corrected} k using (file, seq, col)
         where said.value is distinct from k.value or said.seq is null or k.seq is null) m
       where w.file = m.file and w.seq = m.seq returning w.file, w.seq, w.tab)
     insert into ${names.dead} select file, seq, tab from gone`,
    [rootId, known],
  );
}
