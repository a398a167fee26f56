import type { UndoResult } from '#contract/undo';
import type { PgClient } from '#engine/postgres/client';
import { quoteQualified } from '#engine/postgres/quote';
import { noteUndo } from './note-undo.ts';
import { readUndoConflicts } from './read-undo-conflicts.ts';
import { recordConflicts, recordDropped } from './record-undo-conflicts.ts';
import { removeInserted } from './remove-inserted.ts';
import { reopenRejects } from './reopen-rejects.ts';
import { planRestoration, type Restoration, restoreRows } from './restore-rows.ts';
import { holdUndoData } from './undo-data.ts';
import { nameOf, onKey, readIncoming, readUndoTables, type UndoContext, undoRefused } from './undo-table.ts';

interface LoadRow {
  readonly xid: string;
  readonly is_recent: boolean;
  readonly undo_dropped_at: string | null;
  /** Not null: the load is undone. */
  readonly undo_report: UndoResult | null;
}

/** Conflicts that a result shows; all of them stand in loadstone.undo_conflicts. */
const SAMPLE = 20;

/**
 * Takes a merged load back, inside the caller's open transaction: changed rows get their former values, inserted ones
 * go. Rows that were changed again since, inserted rows that others refer to now, and rows whose former values refer to
 * rows that are gone, are left as they are and kept as conflicts. A load that is undone already stays as it is: the
 * connection may have been lost with the answer.
 *
 * @returns what was taken back, now or then.
 * @throws LoadstoneError JOB_STATE, UNDO_CONFLICT, UNDO_EXPIRED when there is nothing that could be taken back.
 */
export async function undoLoad(client: PgClient, loadId: string): Promise<UndoResult> {
  await holdUndoData(client);
  const load = await readLoad(client, loadId);
  if (load.undo_report !== null) return { ...load.undo_report, sample: load.undo_report.sample ?? [] };
  const { tables, dropped } = await readUndoTables(client, loadId);
  for (const name of tables.map(nameOf).sort()) await client.query(`lock table ${name} in share row exclusive mode`);
  const incoming = await readIncoming(client, tables);
  const context: UndoContext = { client, loadId, xid: load.xid, tables, dropped, incoming };
  await holdReferredRows(context);
  await client.query('set constraints all deferred');
  const result = await takeBack(context);
  await client.query('set constraints all immediate');
  await recallFiles(client, loadId);
  await reopenRejects(context);
  await client.query(
    `update loadstone.loads set state = 'undone', undo_xid = pg_current_xact_id(), undone_at = now(), undo_report = $2
     where load_id = $1`,
    [loadId, JSON.stringify(result)],
  );
  await noteUndo(client, loadId, result);
  return result;
}

/**
 * A row that is referred to meanwhile, by a transaction that is not done yet, must not go: the reference holds the row
 * until then. Tables that the undo has locked need no such care.
 */
async function holdReferredRows({ client, tables, incoming }: UndoContext): Promise<void> {
  const locked = new Set(tables.map(({ target_oid }) => target_oid));
  for (const table of tables) {
    const free = (incoming.get(table.position) ?? []).filter(({ oid }) => !locked.has(oid));
    if (free.length === 0) continue;
    // The key of a changed row stays; only what else is referred to comes and goes.
    const isShown = free.some(({ on }) => on.some((name) => !table.key_columns.includes(name)));
    for (const kept of [table.inserted_table, isShown ? table.before_table : null]) {
      if (kept === null) continue;
      await client.query(
        `with held as (select 1 from ${nameOf(table)} t join ${quoteQualified('loadstone', kept)} b on ${onKey(table, 't', 'b')} for update of t)
         select count(*) from held`,
      );
    }
  }
}

/**
 * Inserted rows may hold unique values that former rows want back, changed rows may hold inserted ones, and former rows
 * may need each other: what could not be taken back is tried again, as long as anything moves.
 */
async function takeBack(context: UndoContext): Promise<UndoResult> {
  const { client, tables } = context;
  const restorations = await planRestorations(context);
  const removed = new Map<number, number>();
  const restored = new Map<number, number>();
  for (let moved = 1; moved > 0; ) {
    moved = add(removed, await removeInserted(context));
    for (const restoration of restorations) {
      moved += add(restored, new Map([[restoration.table.position, await restoreRows(context, restoration)]]));
    }
    if (await isAllBack(context, removed, restored)) break;
  }
  const results: Record<string, UndoResult['tables'][string]> = {};
  for (const table of [...tables].reverse()) {
    const restoration = restorations.find((one) => one.table === table) ?? null;
    results[table.mapping_table] = {
      removed: removed.get(table.position) ?? 0,
      restored: restored.get(table.position) ?? 0,
      conflicts: await recordConflicts(context, table, restoration),
    };
  }
  for (const table of context.dropped) {
    results[table.mapping_table] = { removed: 0, restored: 0, conflicts: await recordDropped(context, table) };
  }
  const { conflicts } = await readUndoConflicts(client, { loadId: context.loadId, after: 0, limit: SAMPLE });
  return { tables: results, sample: conflicts };
}

async function planRestorations(context: UndoContext): Promise<readonly Restoration[]> {
  const plans = [];
  for (const table of context.tables) plans.push(await planRestoration(context, table));
  return plans.filter((plan) => plan !== null);
}

function add(sums: Map<number, number>, more: ReadonlyMap<number, number>): number {
  let total = 0;
  for (const [position, count] of more) {
    sums.set(position, (sums.get(position) ?? 0) + count);
    total += count;
  }
  return total;
}

/** Whether nothing is left to be tried again. */
async function isAllBack(
  { client, tables }: UndoContext,
  removed: ReadonlyMap<number, number>,
  restored: ReadonlyMap<number, number>,
): Promise<boolean> {
  const counted = async (kept: string | null) => {
    if (kept === null) return 0;
    const { rows } = await client.query<{ count: string }>(`select count(*) from ${quoteQualified('loadstone', kept)}`);
    return Number(rows[0]?.count);
  };
  for (const { position, inserted_table, before_table } of tables) {
    if ((removed.get(position) ?? 0) < (await counted(inserted_table))) return false;
    if ((restored.get(position) ?? 0) < (await counted(before_table))) return false;
  }
  return true;
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
    `select xid::text, pg_current_xact_id()::text::numeric - xid::text::numeric < 2147483648 as is_recent,
       to_char(undo_dropped_at, 'YYYY-MM-DD HH24:MI') as undo_dropped_at, undo_report
     from loadstone.loads where load_id = $1 for update`,
    [loadId],
  );
  const load = rows[0];
  if (load === undefined) {
    throw undoRefused(
      'JOB_STATE',
      'This load is not in the target: it was never merged, or its record was removed',
      'Nothing to undo.',
    );
  }
  if (load.undo_report !== null) return load;
  if (load.undo_dropped_at !== null) {
    throw undoRefused(
      'UNDO_EXPIRED',
      `What the undo of this load needs was removed on ${load.undo_dropped_at}, as a setting or "loadstone jobs prune" said`,
      'Restore from a backup. The setting says for how long later loads can be undone.',
    );
  }
  if (load.is_recent) return load;
  throw undoRefused(
    'UNDO_CONFLICT',
    'This load is too old: which rows changed since can no longer be told',
    'Restore from a backup.',
  );
}
