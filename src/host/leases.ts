import { LoadstoneError } from '#contract/errors';

/** Requests that may wait for one server; more than that is a fault of ours, not a busy day. */
const QUEUE_LIMIT = 1_000;

export interface LeaseHolder {
  readonly job: number;
  readonly worker: string;
}

export interface Lease {
  readonly id: number;
  readonly serverKey: string;
  readonly holder: LeaseHolder;
  /** The server process behind the lease, once the worker has connected. */
  readonly backendPid: number | undefined;
}

export interface LeaseRequest {
  readonly holder: LeaseHolder;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** For ending the backends of dead workers: goes before all others and may take an orphan's place. */
  readonly repair?: boolean;
}

interface HeldLease extends Lease {
  backendPid: number | undefined;
  /** `old`: since `orphanMs`. The timer says so, not the clock: the two may disagree by a millisecond. */
  worker: 'alive' | 'dead' | 'old';
}

interface Waiter {
  readonly request: LeaseRequest;
  readonly grant: (lease: Lease) => void;
}

interface ServerLeases {
  readonly held: Map<number, HeldLease>;
  readonly waiting: Waiter[];
}

/**
 * The budget of connections per server, shared by all jobs of one host. Never more than `budget` leases exist per server.
 *
 * A lease is *held* from its grant until `release`. When its worker dies it becomes an *orphan*: still counted, because
 * its backend may live on, until `reclaim` says that the backend is gone. An orphan that never connected is reclaimed by
 * itself after `orphanMs`. A repair request that finds nothing free takes the place of an orphan that is older than
 * `orphanMs`: without that, workers that all died together could never be repaired; by then the server has noticed
 * their closed sockets. Ordinary requests are served in the order in which they came.
 */
export class LeasePool {
  readonly budget: number;
  readonly #orphanMs: number;
  readonly #servers = new Map<string, ServerLeases>();
  readonly #serverOf = new Map<number, string>();
  #lastId = 0;

  constructor(options: { readonly budget: number; readonly orphanMs: number }) {
    this.budget = options.budget;
    this.#orphanMs = options.orphanMs;
  }

  /** @throws LEASE_TIMEOUT naming the holders, or the signal's reason. */
  request(serverKey: string, request: LeaseRequest): Promise<Lease> {
    const server = this.#server(serverKey);
    if (request.signal.aborted) return Promise.reject(request.signal.reason);
    if (server.waiting.length >= QUEUE_LIMIT)
      return Promise.reject(this.#timeout(serverKey, 'was refused, too many wait'));
    return new Promise((resolve, reject) => {
      const leave = (reason: unknown) => {
        const place = server.waiting.indexOf(waiter);
        if (place >= 0) server.waiting.splice(place, 1);
        settled();
        reject(reason);
      };
      const aborted = () => leave(request.signal.reason);
      const timer = setTimeout(
        () => leave(this.#timeout(serverKey, `waited ${request.timeoutMs / 1000} s`)),
        request.timeoutMs,
      );
      const settled = () => {
        clearTimeout(timer);
        request.signal.removeEventListener('abort', aborted);
      };
      const waiter: Waiter = {
        request,
        grant: (lease) => {
          settled();
          resolve(lease);
        },
      };
      request.signal.addEventListener('abort', aborted, { once: true });
      this.#enqueue(server, waiter);
      this.#serve(serverKey);
    });
  }

  /** The lease's worker is connected; told again after every reconnect. */
  connected(leaseId: number, backendPid: number): void {
    const lease = this.#find(leaseId);
    if (lease) lease.backendPid = backendPid;
  }

  release(leaseId: number): void {
    this.reclaim([leaseId]);
  }

  /** The lease's worker is dead; its backend may not be. */
  orphan(leaseId: number): void {
    const lease = this.#find(leaseId);
    if (lease?.worker !== 'alive') return;
    lease.worker = 'dead';
    const later = () => {
      lease.worker = 'old';
      if (lease.backendPid === undefined) this.reclaim([leaseId]);
      else this.#serve(lease.serverKey);
    };
    setTimeout(later, this.#orphanMs).unref();
  }

  /** The backends of these leases are gone. */
  reclaim(leaseIds: readonly number[]): void {
    for (const id of leaseIds) {
      const lease = this.#find(id);
      if (!lease) continue;
      this.#forget(lease);
      this.#serve(lease.serverKey);
    }
  }

  orphans(serverKey: string): readonly Lease[] {
    return [...this.#server(serverKey).held.values()].filter((lease) => lease.worker !== 'alive');
  }

  /** Whether a dead worker of the job left a backend that nobody has ended. */
  hasOrphans(job: number): boolean {
    return this.#all().some(
      ({ holder, worker, backendPid }) => holder.job === job && worker !== 'alive' && backendPid !== undefined,
    );
  }

  heldBy(job: number): number {
    return this.#all().filter((lease) => lease.holder.job === job).length;
  }

  usage(serverKey: string): { readonly held: number; readonly waiting: number; readonly free: number } {
    const { held, waiting } = this.#server(serverKey);
    return { held: held.size, waiting: waiting.length, free: this.budget - held.size };
  }

  /** How many requests of other jobs wait for a connection to the server. */
  othersWaiting(serverKey: string, job: number): number {
    return this.#server(serverKey).waiting.filter((waiter) => waiter.request.holder.job !== job).length;
  }

  #all(): readonly HeldLease[] {
    return [...this.#servers.values()].flatMap((server) => [...server.held.values()]);
  }

  #enqueue(server: ServerLeases, waiter: Waiter): void {
    const firstOrdinary = server.waiting.findIndex((other) => !other.request.repair);
    if (waiter.request.repair && firstOrdinary >= 0) server.waiting.splice(firstOrdinary, 0, waiter);
    else server.waiting.push(waiter);
  }

  #serve(serverKey: string): void {
    const server = this.#server(serverKey);
    for (;;) {
      const next = server.waiting[0];
      if (!next) return;
      if (server.held.size >= this.budget && !(next.request.repair && this.#dropOldOrphan(server))) return;
      server.waiting.shift();
      next.grant(this.#lend(server, serverKey, next.request.holder));
    }
  }

  #lend(server: ServerLeases, serverKey: string, holder: LeaseHolder): Lease {
    this.#lastId += 1;
    const lease: HeldLease = { id: this.#lastId, serverKey, holder, backendPid: undefined, worker: 'alive' };
    server.held.set(lease.id, lease);
    this.#serverOf.set(lease.id, serverKey);
    return lease;
  }

  #dropOldOrphan(server: ServerLeases): boolean {
    const old = [...server.held.values()].find(({ worker }) => worker === 'old');
    if (old) this.#forget(old);
    return old !== undefined;
  }

  #forget(lease: HeldLease): void {
    this.#server(lease.serverKey).held.delete(lease.id);
    this.#serverOf.delete(lease.id);
  }

  #find(leaseId: number): HeldLease | undefined {
    const key = this.#serverOf.get(leaseId);
    return key === undefined ? undefined : this.#server(key).held.get(leaseId);
  }

  #server(key: string): ServerLeases {
    const known = this.#servers.get(key);
    if (known) return known;
    const server: ServerLeases = { held: new Map(), waiting: [] };
    this.#servers.set(key, server);
    return server;
  }

  #timeout(serverKey: string, what: string): LoadstoneError {
    const holders = [...this.#server(serverKey).held.values()].map(
      ({ holder, worker }) => `${holder.worker} of job ${holder.job}${worker === 'alive' ? '' : ' (ended)'}`,
    );
    return new LoadstoneError({
      code: 'LEASE_TIMEOUT',
      message: `A request for one of the ${this.budget} connections to ${serverKey} ${what}. They are held by ${holders.join(', ') || 'nobody'}.`,
      remedy: 'Wait for the other jobs or cancel one, or allow more connections with --pool, then resume the job.',
      retryable: true,
    });
  }
}
