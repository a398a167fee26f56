import type { PgClient } from '#engine/postgres/client';
import { noteInTarget } from '#engine/postgres/note-in-target';
import { quoteQualified } from '#engine/postgres/quote';
import { takeUndoData } from './undo-data.ts';

/** A load whose undo data is older than it has to be kept. */
export interface ExpiredLoad {
  readonly loadId: string;
  readonly mergedAt: string;
  readonly bytes: number;
}

interface ExpiredRow {
  readonly load_id: string;
  readonly merged_at: string;
  readonly bytes: string;
}

/** Somebody who holds a table of the undo data is not waited for: it is dropped another time. */
const LOCK_TIMEOUT = '2s';

/** Beside its aliases: the load `l` has something that could be dropped. */
const KEEPS = `l.undo_dropped_at is null and exists (select from loadstone.load_tables t
  where t.load_id = l.load_id and (t.inserted_table is not null or t.before_table is not null))`;

/**
 * Beside its aliases: an older load into one of the tables can still be undone, and load `l` was undone after it. Where
 * that undo put a row back, only the pre-images of `l` tell that it is again as the older load left it.
 */
const NEEDED = `l.state = 'undone' and exists (
  select from loadstone.load_tables t join loadstone.load_tables o using (target_oid) join loadstone.loads a on a.load_id = o.load_id
  where t.load_id = l.load_id and t.before_table is not null and a.xid < l.xid and a.state = 'merged' and a.undo_dropped_at is null
    and (o.inserted_table is not null or o.before_table is not null))`;

interface Expiry {
  /** For loads that do not say themselves until when they keep it. */
  readonly days: number;
  /** Whatever a load says of itself. */
  readonly always: boolean;
}

/**
 * Loads that have kept what their undo needs for long enough: oldest first, before them all those that another one does
 * not need.
 */
export async function expiredLoads(
  client: PgClient,
  { days, always }: Expiry,
  limit: number,
): Promise<readonly ExpiredLoad[]> {
  const { rows } = await client.query<ExpiredRow>(
    `select l.load_id, to_char(l.merged_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as merged_at,
       (select coalesce(sum(pg_total_relation_size(to_regclass('loadstone.' || quote_ident(kept)))), 0)
        from loadstone.load_tables t cross join unnest(array[t.inserted_table, t.before_table]) kept where t.load_id = l.load_id) as bytes
     from loadstone.loads l
     where case when $2 or l.undo_kept_until is null then l.merged_at < now() - make_interval(days => $1) else l.undo_kept_until < now() end
       and ${KEEPS} order by (${NEEDED}), l.xid limit $3`,
    [days, always, limit],
  );
  return rows.map(({ load_id, merged_at, bytes }) => ({ loadId: load_id, mergedAt: merged_at, bytes: Number(bytes) }));
}

/**
 * Drops what the undo of one load needs, in a transaction of its own. To be called for the oldest first.
 * @returns false when it has to stay: somebody undoes something, or an older load needs it.
 */
export async function dropUndoData(client: PgClient, load: ExpiredLoad): Promise<boolean> {
  await client.query(`begin; set local lock_timeout = '${LOCK_TIMEOUT}'`);
  const { rowCount } = (await takeUndoData(client))
    ? await client.query(
        `update loadstone.loads l set undo_dropped_at = now() where l.load_id = $1 and ${KEEPS} and not (${NEEDED})`,
        [load.loadId],
      )
    : { rowCount: 0 };
  if (rowCount === 1) {
    await dropTables(client, load.loadId);
    await noteInTarget(client, { action: 'undo_dropped', loadId: load.loadId, counts: { bytes: load.bytes } });
  }
  await client.query('commit');
  return rowCount === 1;
}

async function dropTables(client: PgClient, loadId: string): Promise<void> {
  const { rows } = await client.query<{ kept: string }>(
    `select kept from loadstone.load_tables t cross join unnest(array[t.inserted_table, t.before_table]) kept
     where t.load_id = $1 and kept is not null`,
    [loadId],
  );
  for (const { kept } of rows) await client.query(`drop table if exists ${quoteQualified('loadstone', kept)}`);
}
