/** Connections a job needs to get anywhere: of a load, its lead's and one stager's. */
export const LEASES_PER_JOB = 2;

interface Waiter {
  readonly admit: () => void;
}

interface ServerQueue {
  used: number;
  readonly waiting: Waiter[];
}

/**
 * Admits jobs to a server while their needs fit its budget of connections, in the order in which they came. A load
 * needs LEASES_PER_JOB to get anywhere: its lead keeps one, a stager has the other. If more loads began than have two
 * each, all could hold one and wait for another for ever.
 */
export class JobQueue {
  readonly #budget: number;
  readonly #servers = new Map<string, ServerQueue>();

  constructor(budget: number) {
    this.#budget = budget;
  }

  /** Waits for room, however long the jobs before take; resolves to how to leave. Rejects with the signal's reason. */
  enter(serverKey: string, signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const server = this.#server(serverKey);
    return new Promise((resolve, reject) => {
      const abort = () => {
        server.waiting.splice(server.waiting.indexOf(waiter), 1);
        reject(signal.reason);
        this.#admit(server);
      };
      const waiter: Waiter = {
        admit: () => {
          signal.removeEventListener('abort', abort);
          resolve(once(() => this.#leave(server)));
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      server.waiting.push(waiter);
      this.#admit(server);
    });
  }

  #leave(server: ServerQueue): void {
    server.used -= LEASES_PER_JOB;
    this.#admit(server);
  }

  #admit(server: ServerQueue): void {
    for (;;) {
      const next = server.waiting[0];
      if (!next || server.used + LEASES_PER_JOB > this.#budget) return;
      server.waiting.shift();
      server.used += LEASES_PER_JOB;
      next.admit();
    }
  }

  #server(key: string): ServerQueue {
    const known = this.#servers.get(key);
    if (known) return known;
    const server: ServerQueue = { used: 0, waiting: [] };
    this.#servers.set(key, server);
    return server;
  }
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
