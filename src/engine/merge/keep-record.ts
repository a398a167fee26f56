import type { LoadReport, LoadSpec } from '#contract/load';
import { keyColumns } from '#engine/check/column-sql';
import type { LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { type MergeContext, type MergedTable, WANTED } from './merge-context.ts';

export interface LoadIdentity {
  readonly mappingName: string;
  readonly mappingHash: string;
  readonly recordsHash: string;
  readonly resolutions: LoadSpec['resolutions'];
}

/**
 * Writes what stays of a load into the `loadstone` schema, inside the merge transaction: the row that says it is merged,
 * where its undo data is, its files and its rejects.
 */
export async function keepRecord(
  context: MergeContext,
  identity: LoadIdentity,
  merged: ReadonlyMap<number, MergedTable>,
  report: Omit<LoadReport, 'job'>,
): Promise<void> {
  const { client, loadId, names, retryOf } = context;
  const targets = await targetIdentity(client, context.tables);
  await client.query(
    `insert into loadstone.loads (load_id, mapping_name, mapping_hash, records_hash, targets, state, xid, report, retry_of, resolutions, undo_kept_until)
     values ($1, $2, $3, $4, $5, 'merged', pg_current_xact_id(), $6, $7, $8, case when $9 then 'infinity' else now() + make_interval(days => $10) end)`,
    [
      ...[loadId, identity.mappingName, identity.mappingHash, identity.recordsHash, targets],
      ...[JSON.stringify(report), retryOf, JSON.stringify(identity.resolutions)],
      ...[report.undoDays === null, report.undoDays ?? null],
    ],
  );
  await keepTables(context, merged);
  await client.query(
    `insert into loadstone.files (load_id, file, path, root, size, modified_ns, changed_ns, sha256, counts)
     select $1, p.id, p.path, p.root, s.size, s.modified_ns, s.changed_ns, s.sha256, $2
     from ${names.staged} s join ${names.plan} p on p.id = s.file where s.code is null`,
    // A retry brings single rows of its files: as a whole they were loaded before, or not at all.
    [loadId, retryOf === null],
  );
  await keepRejects(context);
}

/** Rows that are not loaded stand under one load only: a retry says of them what it found, and of the others that it brought them. */
async function keepRejects({ client, loadId, names, tables, retryOf }: MergeContext): Promise<void> {
  if (retryOf !== null) {
    await client.query(
      `with rejected as (
         delete from loadstone.rejects r using ${WANTED} w
         where r.load_id = $1 and r.file = w.file and r.sequence = w.seq and r.fixed_by is null
           and exists (select from ${names.rejects} n where n.file = w.file and n.seq = w.seq))
       update loadstone.rejects r set fixed_by = $2 from ${WANTED} w
       where r.load_id = $1 and r.file = w.file and r.sequence = w.seq and r.fixed_by is null
         and not exists (select from ${names.rejects} n where n.file = w.file and n.seq = w.seq)`,
      [retryOf, loadId],
    );
  }
  await client.query(
    `insert into loadstone.rejects (load_id, file, sequence, number, path, line, table_name, column_name, field, value, code, message, tried_by)
     select distinct on (r.file, r.seq, r.number) $1::uuid, r.file, r.seq, r.number, p.path, r.line, coalesce($2::jsonb -> r.tab ->> 'name', ''),
       $2::jsonb -> r.tab -> 'columns' ->> r.col, r.field, r.value, r.code, r.message, $3::uuid
     from ${names.rejects} r join ${names.plan} p on p.id = r.file
     where not exists (select from ${names.staged} s where s.file = r.file and s.code is not null)`,
    [retryOf ?? loadId, JSON.stringify(tableNames(tables)), retryOf === null ? null : loadId],
  );
}

/** Names by number, for turning numbered rejects into named ones in SQL. */
export function tableNames(tables: readonly LoadTable[]) {
  return tables.map((table) => ({ name: table.name, columns: table.columns.map(({ written }) => written) }));
}

async function keepTables(context: MergeContext, merged: ReadonlyMap<number, MergedTable>): Promise<void> {
  let position = 0;
  for (const [index, { insertedTable, beforeTable }] of merged) {
    const table = context.tables[index] as LoadTable;
    const keys = table.surrogate === null ? keyColumns(table).map(({ name }) => name) : [table.surrogate];
    position += 1;
    await context.client.query(
      `insert into loadstone.load_tables
       select $1, $2, $3, n.nspname, c.relname, c.oid, $6::text[], $7, $8
       from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $4 and c.relname = $5`,
      [context.loadId, position, table.name, table.schema, table.table, keys, insertedTable, beforeTable],
    );
  }
}

/**
 * @returns the targets by identity and storage, in the mapping's order, or null while one of them does not exist. A
 * table that was truncated or rewritten has other storage: its files are then looked at again, which does no harm.
 */
export async function targetIdentity(client: PgClient, tables: readonly LoadTable[]): Promise<string | null> {
  const kept = tables.filter(({ keep }) => keep);
  const { rows } = await client.query<{ identity: string | null }>(
    `select c.oid || ':' || coalesce(pg_relation_filenode(c.oid), 0) as identity
     from unnest($1::text[], $2::text[]) with ordinality w(schema, name, place)
     left join pg_namespace n on n.nspname = w.schema left join pg_class c on c.relnamespace = n.oid and c.relname = w.name order by place`,
    [kept.map(({ schema }) => schema), kept.map(({ table }) => table)],
  );
  const identities = rows.map(({ identity }) => identity);
  return identities.includes(null) ? null : identities.join(' ');
}
