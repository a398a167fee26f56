import { createDiffering } from '#engine/check/differing-rows';
import { targetHasRows } from '#engine/check/has-rows';
import type { LiveRows } from '#engine/check/live-rows';
import { findRepeatedKeys } from '#engine/check/repeated-keys';
import type { LoadTable } from '#engine/model/load-table';
import { reviewNames } from '#engine/model/review-names';
import type { PgClient } from '#engine/postgres/client';
import { countMoved } from '#engine/review/moved-conflicts';
import { type JudgeOptions, judgeStaged } from './judge-staged.ts';

/** Conflicts are no longer those that were decided upon. */
export class TargetMoved extends Error {
  override readonly name = 'TargetMoved';
}

/**
 * Checks once more, while nobody can write to the targets, and leaves no trace of it: what follows has the
 * transaction's own number.
 * @throws TargetMoved
 */
export async function assertNotMoved(client: PgClient, options: Omit<JudgeOptions, 'look'>): Promise<void> {
  const { names } = options;
  // Tables are looked at again where files fail.
  const moved = new Map<number, number>();
  await client.query('savepoint comparing');
  await judgeStaged(client, {
    ...options,
    look: async (live, table) => {
      const now = `pg_temp.differing_${table.index}`;
      await findConflicts(client, live, table, now);
      const before = reviewNames(names).differing(table.index);
      moved.set(table.index, await countMoved(client, table, before, now));
    },
  });
  if ([...moved.values()].some((count) => count > 0)) throw new TargetMoved();
  await client.query('rollback to savepoint comparing; release savepoint comparing');
}

async function findConflicts(client: PgClient, live: LiveRows, table: LoadTable, relation: string): Promise<void> {
  if (table.key.length === 0 || !(await targetHasRows(client, table))) return;
  const repeated = await findRepeatedKeys(client, live, table);
  await createDiffering(client, live, table, { relation, repeated });
}
