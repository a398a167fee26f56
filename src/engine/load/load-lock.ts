import { setTimeout as sleep } from 'node:timers/promises';
import { LoadstoneError } from '#contract/errors';
import type { PgClient } from '#engine/postgres/client';

/** The server notices within seconds that a killed host is gone; until then its lock stands. */
const LOCK_TIMEOUT_MS = 20_000;
const LOCK_RETRY_MS = 250;

/**
 * Holds the load for this connection, so that two hosts never work on one load.
 * @throws LoadstoneError LOAD_LOCKED.
 */
export async function lockLoad(client: PgClient, loadId: string, signal: AbortSignal): Promise<void> {
  for (
    const start = Date.now();
    Date.now() - start < LOCK_TIMEOUT_MS;
    await sleep(LOCK_RETRY_MS, undefined, { signal })
  ) {
    const { rows } = await client.query<{ locked: boolean }>(
      `select exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()
         and classid = hashtext('loadstone')::oid and objid = hashtext($1)::oid)
         or pg_try_advisory_lock(hashtext('loadstone'), hashtext($1)) as locked`,
      [loadId],
    );
    if (rows[0]?.locked) return;
  }
  throw new LoadstoneError({
    code: 'LOAD_LOCKED',
    message: 'Another host works on this load. Nothing was changed.',
    remedy: 'Wait until it ends, or cancel it there.',
    retryable: true,
  });
}

export async function unlockLoad(client: PgClient, loadId: string): Promise<void> {
  await client.query(`select pg_advisory_unlock(hashtext('loadstone'), hashtext($1))`, [loadId]);
}
