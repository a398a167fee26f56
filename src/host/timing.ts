/** Every wait of the host, in milliseconds. Tests shorten them; nothing else should. */
export interface HostTiming {
  /** From fork to `ready`: a cold start on a loaded machine takes a few seconds. */
  readonly readyMs: number;
  readonly pingEveryMs: number;
  /** Silence after which a worker is given up. Generous: a worker answers between chunks of parsing only. */
  readonly silentMs: number;
  /** From the first cancel to the kill: enough to end a batch and roll back. */
  readonly graceMs: number;
  /** For ending the backends of killed workers, by a worker that is ready: two short questions to their server. */
  readonly sweepMs: number;
  /** From `shutdown` to the kill: enough to close a few connections. */
  readonly shutdownMs: number;
  /** A wait for a lease; other loads give theirs back between chunks. */
  readonly leaseMs: number;
  /** When a lease whose worker died may be passed on unseen: the server notices a closed socket before that. */
  readonly orphanMs: number;
  /** First pause before a crashed worker or a lost load starts again; doubles each time, with jitter. */
  readonly backoffMs: number;
  /** Least time between two progress events of a job. */
  readonly progressMs: number;
  /** How often a running job looks for a cancel that another process asked for. */
  readonly cancelPollMs: number;
}

export const DEFAULT_TIMING: HostTiming = {
  readyMs: 30_000,
  pingEveryMs: 5_000,
  silentMs: 120_000,
  graceMs: 10_000,
  sweepMs: 30_000,
  shutdownMs: 5_000,
  leaseMs: 300_000,
  orphanMs: 3_000,
  backoffMs: 250,
  progressMs: 100,
  cancelPollMs: 500,
};

/** Waits, or rejects with the signal's reason as soon as it aborts. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Exponential backoff with jitter: between half and all of `first`, doubled for every attempt before. */
export function backoff(attempt: number, first: number): number {
  const full = first * 2 ** Math.min(attempt, 6);
  return full / 2 + Math.random() * (full / 2);
}
