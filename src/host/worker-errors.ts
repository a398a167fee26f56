import { LoadstoneError } from '#contract/errors';
import type { WorkerExit } from './worker-process.ts';

const AGAIN =
  'Nothing half-done was merged. Resume the job; if it happens again, see the log for the worker’s last words.';

function lastWords(stderr: readonly string[]): string {
  return stderr.length === 0 ? '' : ` Its last words: ${stderr.slice(-5).join(' | ')}`;
}

function describeExit(exit: WorkerExit): string {
  if (exit.signal !== null) return `was ended by ${exit.signal}`;
  return exit.code === null ? 'could not be started' : `exited with code ${exit.code}`;
}

/** A worker process ended while it was needed. */
export function workerCrashed(worker: string, exit: WorkerExit): LoadstoneError {
  return new LoadstoneError({
    code: 'WORKER_CRASHED',
    message: `Worker ${worker} ${describeExit(exit)}.${lastWords(exit.stderr)}`,
    remedy: AGAIN,
    retryable: true,
  });
}

/** A started worker did not say `ready`. */
export function workerNotReady(worker: string, what: string, stderr: readonly string[] = []): LoadstoneError {
  return new LoadstoneError({
    code: 'WORKER_NOT_READY',
    message: `Worker ${worker} ${what}.${lastWords(stderr)}`,
    remedy: 'Check free memory and the load of the machine, or use fewer --workers, then resume the job.',
    retryable: true,
  });
}

/** A worker answers no ping. */
export function workerUnresponsive(worker: string, silentMs: number): LoadstoneError {
  return new LoadstoneError({
    code: 'WORKER_UNRESPONSIVE',
    message: `Worker ${worker} said nothing for ${Math.round(silentMs / 1000)} s and was ended.`,
    remedy: AGAIN,
    retryable: true,
  });
}

/** Whether the error means that a worker process is gone, rather than that its task went wrong. */
export function isWorkerLoss(thrown: unknown): boolean {
  return (
    thrown instanceof LoadstoneError && (thrown.code === 'WORKER_CRASHED' || thrown.code === 'WORKER_UNRESPONSIVE')
  );
}

export function isLeaseTimeout(thrown: unknown): boolean {
  return thrown instanceof LoadstoneError && thrown.code === 'LEASE_TIMEOUT';
}
