import type { PgClient } from '#engine/postgres/client';
import { quoteQualified } from '#engine/postgres/quote';
import type { MergedTable } from './merge-context.ts';

/** Undo and prune keep out of each other's way: what one reads, the other drops. */
const UNDO_DATA_LOCK = 4_710_003;

/** Until the transaction ends, nothing is dropped that an undo may read. */
export async function holdUndoData(client: PgClient): Promise<void> {
  await client.query('select pg_advisory_xact_lock_shared($1)', [UNDO_DATA_LOCK]);
}

/** @returns whether the data is this transaction's to drop: nobody undoes anything. */
export async function takeUndoData(client: PgClient): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_xact_lock($1) as taken', [
    UNDO_DATA_LOCK,
  ]);
  return rows[0]?.taken ?? false;
}

/** What the server keeps so that a load can be undone, in bytes. */
export async function undoBytes(client: PgClient, merged: ReadonlyMap<number, MergedTable>): Promise<number> {
  const kept = [...merged.values()].flatMap(({ insertedTable, beforeTable }) => [insertedTable, beforeTable]);
  const names = kept.filter((name) => name !== null).map((name) => quoteQualified('loadstone', name));
  const { rows } = await client.query<{ bytes: string }>(
    'select coalesce(sum(pg_total_relation_size(name::regclass)), 0) as bytes from unnest($1::text[]) name',
    [names],
  );
  return Number(rows[0]?.bytes);
}
