import type { ConnectionRef, ConnectionTarget } from '#contract/connection';
import { type ErrorFacts, toErrorFacts } from '#contract/errors';
import type { WorkerToHost } from '#contract/worker-messages';
import type { LeaseHolder, LeasePool } from './leases.ts';
import type { HostWords } from './worker-link.ts';

/** `greet`: make sure that the server is there now; without it, what was known a moment ago will do. */
export type ResolveTarget = (
  connection: ConnectionRef,
  options?: { readonly greet?: boolean },
) => Promise<ConnectionTarget>;

/** The pool counts per server, whatever the database or user. */
export function serverKey(target: ConnectionTarget): string {
  return `${target.host.toLowerCase()}:${target.port}`;
}

/** Whether the error says that the server is not there, or went away. */
export function isServerLoss({ code }: Pick<ErrorFacts, 'code'>): boolean {
  return code === 'SERVER_UNREACHABLE' || code === 'SERVER_LOST';
}

export interface LeaseDeskOptions {
  readonly pool: LeasePool;
  readonly resolveTarget: ResolveTarget;
  readonly timeoutMs: number;
  /** A worker could not reach the server, or lost it. */
  readonly onServerLost?: (connection: ConnectionRef) => void;
}

interface LeaseClient {
  readonly holder: LeaseHolder;
  readonly send: (words: HostWords) => void;
  /** The worker is ending the backends of dead ones: its wish goes first. */
  readonly repairing: () => boolean;
}

/** Keeps the leases of one worker process: answers its requests, and orphans what it leaves behind. */
export class LeaseDesk {
  readonly #options: LeaseDeskOptions;
  readonly #client: LeaseClient;
  readonly #gone = new AbortController();
  readonly #leases = new Set<number>();
  #connection: ConnectionRef | undefined;

  constructor(options: LeaseDeskOptions, client: LeaseClient) {
    this.#options = options;
    this.#client = client;
  }

  /** Whether the message was about leases. */
  handle(message: WorkerToHost): boolean {
    switch (message.type) {
      case 'lease-request':
        void this.#lend(message.requestId, message.connection);
        return true;
      case 'lease-connected':
        this.#options.pool.connected(message.leaseId, message.backendPid);
        return true;
      case 'lease-release':
        // A worker gives back its own leases only; a stale id must not free another's.
        if (this.#leases.delete(message.leaseId)) this.#options.pool.release(message.leaseId);
        return true;
      case 'failed':
        if (this.#connection && isServerLoss(message.error)) this.#options.onServerLost?.(this.#connection);
        return false;
      default:
        return false;
    }
  }

  workerGone(): void {
    this.#gone.abort(new Error('The worker is gone.'));
    for (const id of this.#leases) this.#options.pool.orphan(id);
    this.#leases.clear();
  }

  async #lend(requestId: number, connection: ConnectionRef): Promise<void> {
    const { pool, resolveTarget, timeoutMs } = this.#options;
    const { holder, send, repairing } = this.#client;
    this.#connection = connection;
    try {
      const target = await resolveTarget(connection);
      const request = { holder, timeoutMs, signal: this.#gone.signal, repair: repairing() };
      const lease = await pool.request(serverKey(target), request);
      if (this.#gone.signal.aborted) return pool.release(lease.id);
      this.#leases.add(lease.id);
      send({ type: 'lease', requestId, leaseId: lease.id, target });
    } catch (error) {
      send({ type: 'lease-refused', requestId, error: toErrorFacts(error) });
    }
  }
}
