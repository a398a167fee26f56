import type { ConnectionTarget } from '#contract/connection';
import { closeClient, openClient, type PgClient } from '#engine/postgres/client';
import type { ServerSession } from './server-session.ts';

/** A session outside the shared pool, for one short piece of work in this process. `close` ends it. */
export class DirectSession implements ServerSession {
  readonly #target: ConnectionTarget;
  #client: PgClient | null = null;

  constructor(target: ConnectionTarget) {
    this.#target = target;
  }

  async connect(signal: AbortSignal): Promise<PgClient> {
    this.#client ??= await openClient(this.#target, { applicationName: 'loadstone', signal });
    return this.#client;
  }

  async discard(client: PgClient): Promise<void> {
    if (this.#client === client) this.#client = null;
    await closeClient(client);
  }

  async close(): Promise<void> {
    if (this.#client !== null) await this.discard(this.#client);
  }
}
