import { cancelRunning } from '#engine/postgres/cancel';
import type { PgClient } from '#engine/postgres/client';
import { type RetryNotice, retryTransient } from '#engine/postgres/retry';
import { isConnectionLoss } from '#engine/postgres/transient';
import type { ServerSession } from './server-session.ts';
import type { StageTiming } from './stage-clock.ts';

/** Pauses of some ten seconds in all, at random: a server that restarts is back by then, or the job can be resumed. */
const ATTEMPTS = 8;
const CAP_MS = 10_000;

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly onRetry: (notice: RetryNotice) => void;
  readonly onTiming: (timing: StageTiming) => void;
  /** Tries in all; fewer where a person waits for the first answer of a server that may not be there at all. */
  readonly attempts?: number;
}

/**
 * Runs an operation on the session's connection, again after transient failures. When the signal aborts, the running
 * statement is cancelled on the server. The operation must begin anew each time, and must find out for itself whether
 * an earlier attempt was committed before its connection was lost.
 */
export function onServer<T>(
  session: ServerSession,
  operation: (client: PgClient) => Promise<T>,
  { signal, onRetry, attempts = ATTEMPTS }: Pick<RunOptions, 'signal' | 'onRetry' | 'attempts'>,
): Promise<T> {
  return retryTransient(
    async () => {
      const client = await session.connect(signal);
      let cancelling: Promise<void> | null = null;
      const cancel = () => {
        cancelling = cancelRunning(client);
      };
      signal.addEventListener('abort', cancel, { once: true });
      try {
        return await operation(client);
      } catch (thrown) {
        await cancelling;
        if (isConnectionLoss(thrown)) await session.discard(client);
        else await client.query('rollback').catch(() => session.discard(client));
        signal.throwIfAborted();
        throw thrown;
      } finally {
        signal.removeEventListener('abort', cancel);
        // A request that is still under way would hit whatever the connection runs next.
        await cancelling;
      }
    },
    { signal, attempts, capMs: CAP_MS, onRetry },
  );
}
