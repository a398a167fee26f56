import { LoadstoneError } from '#contract/errors';
import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';

/**
 * The fence keeps workers of an earlier run out: each run of a load raises it, and a staging transaction commits only
 * under the fence it was started with. Raising waits for staging transactions that are still open.
 */
export async function raiseFence(client: PgClient, names: StagingNames): Promise<number> {
  const { rows } = await client.query<{ fence: number }>(`update ${names.load} set fence = fence + 1 returning fence`);
  const fence = rows[0]?.fence;
  if (fence === undefined) throw stagingLost();
  return fence;
}

/**
 * Holds the fence for this transaction.
 * @throws LoadstoneError STAGING_LOST when the server emptied the staging, LOAD_FENCED when a newer run took over.
 */
export async function holdFence(client: PgClient, names: StagingNames, fence: number): Promise<void> {
  const { rows } = await client.query<{ fence: number }>(`select fence from ${names.load} for share`);
  const current = rows[0]?.fence;
  if (current === undefined) throw stagingLost();
  if (current === fence) return;
  throw new LoadstoneError({
    code: 'LOAD_FENCED',
    message: `A newer run of this load has taken over (${current} after ${fence}). This run loads nothing more.`,
    remedy: 'Nothing to do: the newer run stages and merges the files.',
  });
}

export function stagingLost(cause?: unknown): LoadstoneError {
  return new LoadstoneError({
    code: 'STAGING_LOST',
    message: 'The server lost the staged rows (it crashed, or the staging schema was dropped). Nothing was merged.',
    remedy: 'Resume the job: its files are staged again.',
    retryable: true,
    cause,
  });
}
