import { LoadstoneError } from '#contract/errors';
import type { UndoResult } from '#contract/worker-messages';
import type { PgClient } from '#engine/postgres/client';
import { introspectTable, type TargetTable } from '#engine/postgres/introspect';
import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';
import { removeInserted } from './remove-inserted.ts';
import { unchangedSince } from './unchanged-since.ts';
import { nameOf, onKey, type UndoTable } from './undo-table.ts';

interface LoadRow {
  readonly xid: string;
  readonly is_recent: boolean;
  /** Not null: the load is undone. */
  readonly undo_report: UndoResult | null;
}

type TableResult = UndoResult['tables'][string];

/**
 * Takes a merged load back, inside the caller's open transaction: changed rows get their former values, inserted ones
 * go. Rows that were changed again since, inserted rows that others refer to now, and rows whose former values refer to
 * rows that are gone, are left as they are and counted as conflicts. A load that is undone already stays as it is: the
 * connection may have been lost with the answer.
 *
 * @returns what was taken back, now or then.
 * @throws LoadstoneError JOB_STATE, UNDO_CONFLICT when there is nothing that could be taken back.
 */
export async function undoLoad(client: PgClient, loadId: string): Promise<UndoResult> {
  const load = await readLoad(client, loadId);
  if (load.undo_report !== null) return load.undo_report;
  const tables = await undoTables(client, loadId);
  for (const table of [...tables].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))) {
    await client.query(`lock table ${nameOf(table)} in share row exclusive mode`);
  }
  await client.query('set constraints all deferred');
  // Inserted rows may hold unique values that former rows want back, and changed rows may hold inserted ones.
  const first = await removeInserted(client, tables, load.xid);
  const restored = new Map<number, RowsAndConflicts>();
  for (const table of tables) restored.set(table.position, await restoreRows(client, table, load));
  const last = await removeInserted(client, tables, load.xid);
  const results: Record<string, TableResult> = {};
  for (const table of tables) {
    const { rows, conflicts } = restored.get(table.position) ?? { rows: 0, conflicts: 0 };
    results[table.mapping_table] = {
      removed: (first.get(table.position) ?? 0) + (last.get(table.position) ?? 0),
      restored: rows,
      conflicts: conflicts + (await countLeft(client, table)),
    };
  }
  await client.query('set constraints all immediate');
  await recallFiles(client, loadId);
  await client.query('update loadstone.rejects set fixed_by = null where fixed_by = $1', [loadId]);
  const undone: UndoResult = { tables: results };
  await client.query(
    `update loadstone.loads set state = 'undone', undo_xid = pg_current_xact_id(), undone_at = now(), undo_report = $2
     where load_id = $1`,
    [loadId, JSON.stringify(undone)],
  );
  return undone;
}

/**
 * Other loads may have found this load's rows in the target and left them as they were: what they say of the same files
 * no longer holds. Of a retry that is not so for the load it retried: its files are loaded as they were before, and the
 * rejects are open again.
 */
async function recallFiles(client: PgClient, loadId: string): Promise<void> {
  await client.query(
    `update loadstone.files f set counts = false from loadstone.files mine
     where mine.load_id = $1 and f.path = mine.path and f.counts
       and f.load_id is distinct from (select l.retry_of from loadstone.loads l where l.load_id = $1) and f.load_id in (
       select o.load_id from loadstone.load_tables o join loadstone.load_tables t using (target_oid) where t.load_id = $1)`,
    [loadId],
  );
}

async function readLoad(client: PgClient, loadId: string): Promise<LoadRow> {
  const { rows } = await client.query<LoadRow>(
    // A transaction number of 32 bits comes round again after four billion: older loads cannot be told by it.
    `select xid::text, pg_current_xact_id()::text::numeric - xid::text::numeric < 2147483648 as is_recent, undo_report
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
  if (load.undo_report !== null || load.is_recent) return load;
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

interface RowsAndConflicts {
  readonly rows: number;
  readonly conflicts: number;
}

async function restoreRows(client: PgClient, table: UndoTable, load: LoadRow): Promise<RowsAndConflicts> {
  if (table.before_table === null) return { rows: 0, conflicts: 0 };
  const before = quoteQualified('loadstone', table.before_table);
  const target = await introspectTable(client, table.target_schema, table.target_table);
  const columns = await restorableColumns(client, table, target);
  const ours = await unchangedSince(client, table, load.xid, before);
  const conditions = [onKey(table, 't', 'b'), ours, ...formerReferences(target, columns)];
  const set = columns.map((name) => `${quoteIdentifier(name)} = b.${quoteIdentifier(name)}`).join(', ');
  const { rowCount } = await client.query(
    `update ${nameOf(table)} t set ${set} from ${before} b where ${conditions.join(' and ')}`,
  );
  const { rows } = await client.query<{ count: string }>(`select count(*) from ${before}`);
  return { rows: rowCount ?? 0, conflicts: Number(rows[0]?.count) - (rowCount ?? 0) };
}

/** Columns that both the target and its pre-image have; generated ones follow by themselves. */
async function restorableColumns(
  client: PgClient,
  table: UndoTable,
  target: TargetTable | null,
): Promise<readonly string[]> {
  const before = await introspectTable(client, 'loadstone', table.before_table as string);
  const kept = new Set(before?.columns.map(({ name }) => name));
  return (target?.columns ?? [])
    .filter(({ name, generated, identity }) => !generated && identity !== 'a' && kept.has(name))
    .map(({ name }) => name);
}

/** Conditions under which the rows that the former values refer to are there. */
function formerReferences(target: TargetTable | null, columns: readonly string[]): string[] {
  const known = (target?.foreignKeys ?? []).filter((key) => key.columns.every((name) => columns.includes(name)));
  return known.map((key) => {
    const absent = key.columns.map((name) => `b.${quoteIdentifier(name)} is null`);
    const refers = key.columns.map(
      (name, i) => `p.${quoteIdentifier(key.on[i] as string)} = b.${quoteIdentifier(name)}`,
    );
    return `(${absent.join(' or ')} or exists (select from ${quoteQualified(key.schema, key.table)} p where ${refers.join(' and ')}))`;
  });
}

/** Inserted rows that are still there, whoever wrote them last. */
async function countLeft(client: PgClient, table: UndoTable): Promise<number> {
  if (table.inserted_table === null) return 0;
  const inserted = quoteQualified('loadstone', table.inserted_table);
  const { rows } = await client.query<{ count: string }>(
    `select count(*) from ${nameOf(table)} t join ${inserted} b on ${onKey(table, 't', 'b')}`,
  );
  return Number(rows[0]?.count);
}
