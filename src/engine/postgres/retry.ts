import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient } from './transient.ts';

export interface RetryOptions {
  readonly signal?: AbortSignal;
  /** How often the operation is tried in all; at least 1. */
  readonly attempts?: number;
  /** Upper bound of the first pause; each further bound is twice the one before. */
  readonly baseMs?: number;
  /** No pause is longer. */
  readonly capMs?: number;
  /** In [0, 1); for tests. */
  readonly random?: () => number;
  readonly onRetry?: (retry: RetryNotice) => void;
}

export interface RetryNotice {
  /** The attempt that failed, from 1. */
  readonly attempt: number;
  readonly delayMs: number;
  readonly error: unknown;
}

const DEFAULT_ATTEMPTS = 6;
/** A server that restarts is back within seconds: 0.2, 0.4, 0.8, 1.6, 3.2 s bound the five pauses. */
const DEFAULT_BASE_MS = 200;
const DEFAULT_CAP_MS = 10_000;

/**
 * Runs the operation again after transient failures (see {@link isTransient}), with exponential backoff and full jitter,
 * so that many workers do not come back at the same instant. Other failures, and the last one, pass through unchanged.
 * The operation must begin anew each time: a new connection, a new transaction.
 */
export async function retryTransient<T>(
  operation: (attempt: number) => Promise<T>,
  options: RetryOptions = {},
): Promise<T> {
  const attempts = Math.max(1, options.attempts ?? DEFAULT_ATTEMPTS);
  for (let attempt = 1; ; attempt += 1) {
    options.signal?.throwIfAborted();
    try {
      return await operation(attempt);
    } catch (error) {
      if (attempt >= attempts || !isTransient(error)) throw error;
      options.signal?.throwIfAborted();
      const delayMs = backoffMs(attempt, options);
      options.onRetry?.({ attempt, delayMs, error });
      await pause(delayMs, options.signal);
    }
  }
}

function backoffMs(attempt: number, options: RetryOptions): number {
  const bound = Math.min(options.capMs ?? DEFAULT_CAP_MS, (options.baseMs ?? DEFAULT_BASE_MS) * 2 ** (attempt - 1));
  return Math.floor((options.random ?? Math.random)() * bound);
}

async function pause(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(delayMs, undefined, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
