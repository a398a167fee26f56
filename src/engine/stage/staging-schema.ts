import type { LoadTable } from '#engine/model/load-table';
import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';

/**
 * The tables of one load's staging. All of them are unlogged and change together: when the server crashes it empties
 * every one, so that the list of staged files can never outlive the rows.
 */
const COMMON = (names: StagingNames) => `
create unlogged table ${names.load} (fence int not null, mapping_hash text not null, tables jsonb not null);
create unlogged table ${names.found} (
  kind text not null, path text not null, absolute text, root text, size int8, modified_ns int8, changed_ns int8, reason text);
create unlogged table ${names.plan} (
  id int primary key, path text not null, absolute text not null, root text not null,
  size int8 not null, modified_ns int8 not null, changed_ns int8 not null, unchanged boolean not null,
  -- what its content has to be
  sha256 text);
create unlogged table ${names.staged} (
  file int primary key, sha256 text, size int8, modified_ns int8, changed_ns int8,
  code text, message text, line int, "column" int);
create unlogged table ${names.skipped} (path text not null, reason text not null);
create unlogged table ${names.rejects} (
  file int not null, seq int not null, number int not null, line int not null, tab int not null, col int,
  field text, value text, code text not null, message text not null);
create unlogged table ${names.late} (
  file int not null, tab int not null, slot int not null, anchor int not null, col int, value text,
  field text, raw text, code text, message text);
create unlogged table ${names.warnings} (file int not null, code text not null, count int8 not null, name text);
-- of a column, or -1: of the whole record
create unlogged table ${names.corrected} (file int not null, seq int not null, tab int not null, col int not null, value text);
create unlogged table ${names.dead} (file int not null, seq int not null, tab int not null);
create unlogged table ${names.conflicts} (
  file int not null, seq int not null, line int not null, tab int not null, key text not null, earlier_file int not null, earlier_line int not null);
create unlogged table ${names.nulled} (file int not null, seq int not null, tab int not null, ref int not null);`;

/** @returns the column list of a table of staged rows: where the row came from, its anchors, its values. */
export function stagedColumns(table: LoadTable): string[] {
  return [
    'file',
    'seq',
    'line',
    ...table.slots.map((_, slot) => `a${slot}`),
    ...table.columns.map((column) => `c${column.index}`),
  ];
}

function createRows(names: StagingNames, table: LoadTable): string {
  const columns = [
    'file int not null',
    'seq int not null',
    'line int not null',
    ...table.slots.map((_, slot) => `a${slot} int not null`),
    ...table.columns.map((column) => `c${column.index} ${column.type}`),
  ];
  // Nothing is updated or deleted here in the normal course: vacuum would only compete with the load.
  return `create unlogged table ${names.rows(table.index)} (${columns.join(', ')}) with (autovacuum_enabled = false);`;
}

/**
 * Creates (anew) the staging schema, empty, fence 0, in a transaction as short as can be: a server that is killed while
 * one has made unlogged tables may find their remains in its way and refuse its next start.
 */
export async function createStaging(
  client: PgClient,
  names: StagingNames,
  options: { readonly tables: readonly LoadTable[]; readonly mappingHash: string },
): Promise<void> {
  await client.query('begin');
  await client.query(
    [
      `drop schema if exists ${names.schema} cascade;`,
      `create schema ${names.schema};`,
      COMMON(names),
      ...options.tables.map((table) => createRows(names, table)),
    ].join('\n'),
  );
  await client.query(`insert into ${names.load} values (0, $1, $2)`, [
    options.mappingHash,
    JSON.stringify(options.tables),
  ]);
  await client.query('commit');
}

export async function dropStaging(client: PgClient, names: StagingNames): Promise<void> {
  await client.query(`drop schema if exists ${names.schema} cascade`);
}

export interface StagingState {
  readonly fence: number;
  readonly mappingHash: string;
  readonly tables: readonly LoadTable[];
}

/**
 * @returns what an earlier run left, or null when there is no staging, the server emptied it after a crash, or a Loadstone
 * left it that knew no corrections: nobody can go on with that.
 */
export async function readStaging(client: PgClient, names: StagingNames): Promise<StagingState | null> {
  const { rows: found } = await client.query<{ found: boolean }>(
    'select to_regclass($1) is not null and to_regclass($2) is not null as found',
    [names.load, names.corrected],
  );
  if (!found[0]?.found) return null;
  const { rows } = await client.query<{ fence: number; mapping_hash: string; tables: LoadTable[] }>(
    `select fence, mapping_hash, tables from ${names.load}`,
  );
  const row = rows[0];
  return row === undefined ? null : { fence: row.fence, mappingHash: row.mapping_hash, tables: row.tables };
}
