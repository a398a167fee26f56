import { quoteQualified } from '#engine/postgres/quote';
import { onKey, shortXid, type UndoContext, type UndoTable } from './undo-table.ts';

interface LaterLoad {
  readonly load_id: string;
  readonly xid: string;
  readonly undo_xid: string | null;
  readonly kept: readonly string[];
}

/** Of very many loads since, the newest are asked. */
const MOST_LOADS = 200;

/**
 * Says of the rows that somebody wrote since which load that was, with file and line, or the undo of which. What another
 * program wrote stays nobody's.
 *
 * @param left the rows: their keys, `loadstone:reason`, the number of their writer in `loadstone:xmin`.
 */
export async function tellWriters(
  context: UndoContext,
  table: Pick<UndoTable, 'key_columns'> & Partial<Pick<UndoTable, 'target_oid'>>,
  left: string,
): Promise<void> {
  const { client } = context;
  const { rows } = await client.query<{ xmin: string }>(
    `select distinct "loadstone:xmin"::text as xmin from ${left} where "loadstone:reason" = 'changed_since'`,
  );
  if (rows.length === 0) return;
  const writers = new Set(rows.map(({ xmin }) => xmin));
  for (const load of await laterLoads(context, table.target_oid ?? 0)) {
    if (load.undo_xid !== null && writers.has(shortXid(load.undo_xid)))
      await tellTransaction(context, left, load.load_id, load.undo_xid, true);
    for (const name of load.kept) {
      const kept = quoteQualified('loadstone', name);
      if (writers.has(shortXid(load.xid)) || (await hasOwnWriters(context, kept))) {
        await tellLoad(context, table, left, load, kept);
      }
    }
    if (writers.has(shortXid(load.xid))) await tellTransaction(context, left, load.load_id, load.xid, false);
  }
}

async function laterLoads({ client, loadId, xid }: UndoContext, oid: number): Promise<readonly LaterLoad[]> {
  const { rows } = await client.query<LaterLoad>(
    `select l.load_id, l.xid::text as xid, l.undo_xid::text as undo_xid,
       array(select kept from unnest(array[t.inserted_table, t.before_table]) kept
         where kept is not null and l.undo_dropped_at is null and to_regclass('loadstone.' || quote_ident(kept)) is not null) as kept
     from loadstone.loads l join loadstone.load_tables t using (load_id)
     where t.target_oid = $1::oid and l.load_id <> $2 and (l.xid > $3::xid8 or l.undo_xid > $3::xid8)
     order by l.xid desc limit $4`,
    [oid, loadId, xid, MOST_LOADS],
  );
  return rows;
}

/** Loads whose rows were written under savepoints keep the writer of each row; all of them, so one row tells. */
async function hasOwnWriters({ client }: UndoContext, kept: string): Promise<boolean> {
  const { rows } = await client.query<{ own: boolean }>(
    `select "loadstone:writer" is not null as own from ${kept} limit 1`,
  );
  return rows[0]?.own ?? false;
}

async function tellTransaction(
  { client }: UndoContext,
  left: string,
  loadId: string,
  xid: string,
  isUndo: boolean,
): Promise<void> {
  await client.query(
    `update ${left} set "loadstone:by_load" = $1, "loadstone:by_undo" = $3
     where "loadstone:reason" = 'changed_since' and "loadstone:by_load" is null and "loadstone:xmin" = $2`,
    [loadId, shortXid(xid), isUndo],
  );
}

async function tellLoad(
  { client }: UndoContext,
  table: Pick<UndoTable, 'key_columns'>,
  left: string,
  { load_id, xid }: LaterLoad,
  kept: string,
): Promise<void> {
  await client.query(
    `update ${left} k set "loadstone:by_load" = $1, "loadstone:by_line" = o."loadstone:line",
       "loadstone:by_path" = (select f.path from loadstone.files f where f.load_id = $1 and f.file = o."loadstone:file")
     from ${kept} o where ${onKey(table, 'o', 'k')} and k."loadstone:reason" = 'changed_since' and k."loadstone:by_load" is null
       and k."loadstone:xmin" = coalesce(o."loadstone:writer", $2)`,
    [load_id, shortXid(xid)],
  );
}
