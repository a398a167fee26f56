import type { UndoPruned } from '#contract/undo';
import { dropUndoData, type ExpiredLoad, expiredLoads } from '#engine/merge/prune-undo';
import type { PgClient } from '#engine/postgres/client';
import { isLoadstoneInstalled, upgradeLoadstoneSchema } from '#engine/postgres/loadstone-schema';
import { toLoadstoneError } from '#engine/postgres/server-errors';
import { isConnectionLoss } from '#engine/postgres/transient';
import { onServer } from './on-server.ts';
import type { ServerSession } from './server-session.ts';

export interface PruneOptions {
  /** Loads that were merged longer ago, where they do not say themselves until when they can be undone. */
  readonly days: number;
  /** Also those that say so: somebody wants the space. */
  readonly always?: boolean;
  /** Only tells what would be dropped. */
  readonly dryRun?: boolean;
  /** What is not done by then stays for another time. */
  readonly timeoutMs?: number;
  readonly signal: AbortSignal;
  /** At most so many loads, the oldest. */
  readonly limit?: number;
}

/** More than anybody has, and a list that fits into memory. */
const MOST_LOADS = 100_000;

/**
 * Drops what the undo of old loads needs; the loads themselves stay in the log. Each is dropped by itself, so that what
 * fails or is in use stays whole, for another time.
 */
export function pruneUndo(
  session: ServerSession,
  { days, always = false, dryRun = false, signal, limit = MOST_LOADS, timeoutMs }: PruneOptions,
): Promise<UndoPruned> {
  const work = async (client: PgClient): Promise<UndoPruned> => {
    if (!(await isLoadstoneInstalled(client))) return summed([], []);
    await upgradeLoadstoneSchema(client);
    const expired = await expiredLoads(client, { days, always }, limit);
    if (dryRun) return summed(expired, expired);
    const dropped: ExpiredLoad[] = [];
    let failure: string | undefined;
    const until = performance.now() + (timeoutMs ?? Number.POSITIVE_INFINITY);
    for (const load of expired) {
      signal.throwIfAborted();
      if (performance.now() > until) break;
      try {
        if (await dropUndoData(client, load)) dropped.push(load);
      } catch (thrown) {
        if (signal.aborted || isConnectionLoss(thrown)) throw thrown;
        await client.query('rollback');
        failure ??= toLoadstoneError(thrown, { action: `drop the undo data of load ${load.loadId}` }).message;
      }
    }
    return { ...summed(expired, dropped), ...(failure !== undefined && { failure }) };
  };
  return onServer(session, work, { signal, onRetry: () => undefined, attempts: 2 });
}

function summed(expired: readonly ExpiredLoad[], dropped: readonly ExpiredLoad[]): UndoPruned {
  return {
    loads: dropped.length,
    bytes: dropped.reduce((sum, { bytes }) => sum + bytes, 0),
    loadIds: dropped.map(({ loadId }) => loadId),
    kept: expired.length - dropped.length,
  };
}
