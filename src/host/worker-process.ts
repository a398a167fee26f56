import type { HostToWorker, WorkerToHost } from '#contract/worker-messages';

/** How a worker process ended; `stderr` holds its last lines. */
export interface WorkerExit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: readonly string[];
}

/** One process that runs the worker's entry. Electron and Node each bring an implementation; all else is above it. */
export interface WorkerProcess {
  readonly pid: number | undefined;
  /** Never throws: a message to a process that is gone is dropped, its exit is reported by `onExit`. */
  send(message: HostToWorker): void;
  onMessage(listener: (message: WorkerToHost) => void): void;
  /** Called once, after the last message. */
  onExit(listener: (exit: WorkerExit) => void): void;
  /** At once and without mercy (SIGKILL). */
  kill(): void;
}

export interface WorkerStart {
  /** The worker's entry file. */
  readonly entry: string;
  readonly generation: number;
  /** Receives each line the worker writes to stderr. */
  readonly onStderr: (line: string) => void;
}

export type WorkerStarter = (start: WorkerStart) => WorkerProcess;
