import { LoadstoneError } from '#contract/errors';
import type { UndoResult } from '#contract/worker-messages';
import type { PgClient } from '#engine/postgres/client';
import { incomingReferences, introspectTable } from '#engine/postgres/introspect';
import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';
import { unchangedSince } from './unchanged-since.ts';

interface LoadRow {
  readonly state: 'merged' | 'undone';
  readonly xid: string;
  readonly is_recent: boolean;
}

export interface UndoTable {
  readonly position: number;
  readonly mapping_table: string;
  readonly target_schema: string;
  readonly target_table: string;
  readonly target_oid: number;
  readonly key_columns: readonly string[];
  readonly inserted_table: string | null;
  readonly before_table: string | null;
}

type TableResult = UndoResult['tables'][string];

/**
 * Takes a merged load back, inside the caller's open transaction: changed rows get their former values, inserted ones
 * go, children before parents. Rows that were changed again since, and inserted rows that others refer to now, are left
 * as they are and counted as conflicts.
 *
 * @throws LoadstoneError JOB_STATE, UNDO_CONFLICT when there is nothing that could be taken back.
 */
export async function undoLoad(client: PgClient, loadId: string): Promise<UndoResult> {
  const load = await readLoad(client, loadId);
  const tables = await undoTables(client, loadId);
  for (const table of [...tables].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))) {
    await client.query(`lock table ${nameOf(table)} in share row exclusive mode`);
  }
  await client.query('set constraints all deferred');
  const results: Record<string, TableResult> = {};
  for (const table of tables) {
    const restored = await restoreRows(client, table, load);
    const removed = await removeRows(client, table, load);
    results[table.mapping_table] = {
      removed: removed.rows,
      restored: restored.rows,
      conflicts: removed.conflicts + restored.conflicts,
    };
  }
  await client.query('set constraints all immediate');
  await client.query(
    `update loadstone.loads set state = 'undone', undo_xid = pg_current_xact_id(), undone_at = now() where load_id = $1`,
    [loadId],
  );
  return { tables: results };
}

async function readLoad(client: PgClient, loadId: string): Promise<LoadRow> {
  const { rows } = await client.query<LoadRow>(
    // A transaction number of 32 bits comes round again after four billion: older loads cannot be told by it.
    `select state, xid::text, pg_current_xact_id()::text::numeric - xid::text::numeric < 2147483648 as is_recent
     from loadstone.loads where load_id = $1 for update`,
    [loadId],
  );
  const load = rows[0];
  if (load === undefined) {
    throw refuse(
      'JOB_STATE',
      'This load is not in the target: it was never merged, or its record was removed',
      'Nothing to undo.',
    );
  }
  if (load.state === 'undone') throw refuse('JOB_STATE', 'This load was undone already', 'Nothing to undo.');
  if (load.is_recent) return load;
  throw refuse(
    'UNDO_CONFLICT',
    'This load is too old: which rows changed since can no longer be told',
    'Restore from a backup.',
  );
}

/** Children first: the merge went the other way. */
async function undoTables(client: PgClient, loadId: string): Promise<UndoTable[]> {
  const { rows } = await client.query<UndoTable>(
    `select t.position, t.mapping_table, n.nspname as target_schema, c.relname as target_table, t.target_oid::int8::text::int8 as target_oid,
       t.key_columns, t.inserted_table, t.before_table
     from loadstone.load_tables t join pg_class c on c.oid = t.target_oid join pg_namespace n on n.oid = c.relnamespace
     where t.load_id = $1 order by t.position desc`,
    [loadId],
  );
  const keyless = rows.find((table) => table.key_columns.length === 0);
  if (keyless === undefined) return rows;
  throw refuse(
    'UNDO_CONFLICT',
    `Table ${nameOf(keyless)} has no key, so its rows cannot be told apart`,
    'Delete them by hand.',
  );
}

function refuse(code: 'JOB_STATE' | 'UNDO_CONFLICT', fact: string, remedy: string): LoadstoneError {
  return new LoadstoneError({ code, message: `${fact}. Nothing was undone.`, remedy });
}

function nameOf(table: Pick<UndoTable, 'target_schema' | 'target_table'>): string {
  return quoteQualified(table.target_schema, table.target_table);
}

function onKey(table: UndoTable, a: string, b: string): string {
  return table.key_columns.map((key) => `${a}.${quoteIdentifier(key)} = ${b}.${quoteIdentifier(key)}`).join(' and ');
}

interface RowsAndConflicts {
  readonly rows: number;
  readonly conflicts: number;
}

async function restoreRows(client: PgClient, table: UndoTable, load: LoadRow): Promise<RowsAndConflicts> {
  if (table.before_table === null) return { rows: 0, conflicts: 0 };
  const before = quoteQualified('loadstone', table.before_table);
  const columns = await restorableColumns(client, table);
  const ours = await unchangedSince(client, table, load.xid, before);
  const set = columns.map((name) => `${quoteIdentifier(name)} = b.${quoteIdentifier(name)}`).join(', ');
  const { rowCount } = await client.query(
    `update ${nameOf(table)} t set ${set} from ${before} b where ${onKey(table, 't', 'b')} and ${ours}`,
  );
  const { rows } = await client.query<{ count: string }>(`select count(*) from ${before}`);
  return { rows: rowCount ?? 0, conflicts: Number(rows[0]?.count) - (rowCount ?? 0) };
}

/** Columns that both the target and its pre-image have; keys stay, generated ones follow by themselves. */
async function restorableColumns(client: PgClient, table: UndoTable): Promise<string[]> {
  const target = await introspectTable(client, table.target_schema, table.target_table);
  const before = await introspectTable(client, 'loadstone', table.before_table as string);
  const kept = new Set(before?.columns.map(({ name }) => name));
  return (target?.columns ?? [])
    .filter(({ name, generated, identity }) => !generated && identity !== 'a' && kept.has(name))
    .map(({ name }) => name);
}

async function removeRows(client: PgClient, table: UndoTable, load: LoadRow): Promise<RowsAndConflicts> {
  if (table.inserted_table === null) return { rows: 0, conflicts: 0 };
  const inserted = quoteQualified('loadstone', table.inserted_table);
  const ours = await unchangedSince(client, table, load.xid, inserted);
  const referred = await referredTo(client, table);
  const there = `from ${nameOf(table)} t join ${inserted} b on ${onKey(table, 't', 'b')}`;
  const { rows } = await client.query<{ count: string }>(`select count(*) ${there}`);
  let removed = 0;
  // A row that only removed rows refer to (its own table) becomes free when they are gone.
  for (let more = 1; more > 0; removed += more) {
    const { rowCount } = await client.query(
      `delete from ${nameOf(table)} t using ${inserted} b where ${onKey(table, 't', 'b')} and ${ours} ${referred.map((condition) => `and not ${condition}`).join(' ')}`,
    );
    more = rowCount ?? 0;
  }
  return { rows: removed, conflicts: Number(rows[0]?.count) - removed };
}

/** Conditions under which some row refers to `t`. */
async function referredTo(client: PgClient, table: UndoTable): Promise<string[]> {
  const references = await incomingReferences(client, Number(table.target_oid));
  return references.map((reference) => {
    const name = quoteQualified(reference.schema, reference.table);
    const columns = reference.columns.map(
      (column, i) => `r.${quoteIdentifier(column)} = t.${quoteIdentifier(reference.on[i] as string)}`,
    );
    // A row that refers to itself holds nobody back.
    const itself = name === nameOf(table) ? ` and not (${onKey(table, 'r', 't')})` : '';
    return `exists (select from ${name} r where ${columns.join(' and ')}${itself})`;
  });
}
