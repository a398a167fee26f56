import { setTimeout as sleep } from 'node:timers/promises';
import type { PgClient } from '#engine/postgres/client';
import { onServer, type RunOptions } from './on-server.ts';
import type { ServerSession } from './server-session.ts';

/** A backend that is told to end does so between two rows; only a stuck disk keeps it longer. */
const GONE_TIMEOUT_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** Ends server processes of dead workers and waits until they are gone, so that their leases may be used again. */
export function endBackends(
  session: ServerSession,
  options: Pick<RunOptions, 'signal' | 'onRetry'> & { readonly pids: readonly number[] },
): Promise<null> {
  return onServer(
    session,
    async (client) => {
      // A process number may have been given to somebody else's connection meanwhile: ours carry our name.
      const ours = `pid = any($1::int[]) and usename = current_user and application_name like 'loadstone%'`;
      await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${ours}`, [options.pids]);
      for (
        const start = Date.now();
        Date.now() - start < GONE_TIMEOUT_MS;
        await sleep(LOOK_EVERY_MS, undefined, options)
      ) {
        if (await areGone(client, ours, options.pids)) break;
      }
      return null;
    },
    options,
  );
}

async function areGone(client: PgClient, ours: string, pids: readonly number[]): Promise<boolean> {
  const { rowCount } = await client.query(`select from pg_stat_activity where ${ours} limit 1`, [pids]);
  return rowCount === 0;
}
