import type { ConnectionRef } from '#contract/connection';
import { errorFromFacts } from '#contract/errors';
import type { HostToWorker } from '#contract/worker-messages';
import { backendPid, closeClient, openClient, type PgClient, type ServerSession } from '#engine/door';
import type { ParentPort } from './parent-port.ts';

type Answer = Extract<HostToWorker, { type: 'lease' | 'lease-refused' }>;
type Lease = Extract<Answer, { type: 'lease' }>;

/**
 * The worker's connection: asked for once, kept warm, opened anew on the same lease after a loss.
 *
 * States: none → asking → leased, connected ↔ leased, disconnected → none (released).
 */
export class LeaseSession implements ServerSession {
  readonly #port: ParentPort;
  readonly #connection: ConnectionRef;
  readonly #name: string;
  readonly #answers = new Map<number, PromiseWithResolvers<Lease>>();
  /** Counted over all sessions: a late answer to one that is gone must not reach the next, for another server. */
  static #requests = 0;
  #lease: Lease | null = null;
  #client: PgClient | null = null;

  constructor(port: ParentPort, connection: ConnectionRef, name: string) {
    this.#port = port;
    this.#connection = connection;
    this.#name = name;
  }

  isFor(connection: ConnectionRef): boolean {
    return JSON.stringify(connection) === JSON.stringify(this.#connection);
  }

  /** Hears the host's answer to a request. */
  hear(answer: Answer): void {
    const waiting = this.#answers.get(answer.requestId);
    this.#answers.delete(answer.requestId);
    if (answer.type === 'lease-refused') waiting?.reject(errorFromFacts(answer.error));
    else if (waiting !== undefined) waiting.resolve(answer);
    // Granted after the task was cancelled: nobody would ever give it back.
    else this.#port.send({ type: 'lease-release', leaseId: answer.leaseId });
  }

  async connect(signal: AbortSignal): Promise<PgClient> {
    if (this.#client !== null) return this.#client;
    this.#lease ??= await this.#ask(signal);
    const client = await openClient(this.#lease.target, { applicationName: this.#name, signal });
    this.#client = client;
    this.#port.send({ type: 'lease-connected', leaseId: this.#lease.leaseId, backendPid: backendPid(client) ?? 0 });
    return client;
  }

  async discard(client: PgClient): Promise<void> {
    if (this.#client === client) this.#client = null;
    await closeClient(client);
  }

  async release(): Promise<void> {
    if (this.#client !== null) await this.discard(this.#client);
    if (this.#lease !== null) this.#port.send({ type: 'lease-release', leaseId: this.#lease.leaseId });
    this.#lease = null;
  }

  async #ask(signal: AbortSignal): Promise<Lease> {
    signal.throwIfAborted();
    LeaseSession.#requests += 1;
    const requestId = LeaseSession.#requests;
    const answer = Promise.withResolvers<Lease>();
    this.#answers.set(requestId, answer);
    const abort = () => answer.reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    this.#port.send({ type: 'lease-request', requestId, connection: this.#connection });
    try {
      return await answer.promise;
    } finally {
      signal.removeEventListener('abort', abort);
      this.#answers.delete(requestId);
    }
  }
}
