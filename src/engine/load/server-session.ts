import type { PgClient } from '#engine/postgres/client';

/**
 * How the engine gets its connection: opened on a lease, kept warm, opened anew after a loss. Whoever runs the engine
 * (a worker, the command line) provides it.
 */
export interface ServerSession {
  /** The open connection; a new one when the last was lost. */
  connect(signal: AbortSignal): Promise<PgClient>;
  /** Gives up a connection that failed, so that the next `connect` opens another. */
  discard(client: PgClient): Promise<void>;
}
