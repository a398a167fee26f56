import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { HostToWorker, WorkerToHost } from '#contract/worker-messages';
import { WORKER_HEAP_OPTIONS, workerEnvironment } from './worker-environment.ts';
import type { WorkerExit, WorkerProcess, WorkerStart, WorkerStarter } from './worker-process.ts';

const STDERR_LINES_KEPT = 20;
/** Between a process's exit and the end of its streams; longer only where a grandchild holds them open. */
const DRAIN_MS = 500;

/** Starts workers as child processes of Node. */
export function childProcessStarter(): WorkerStarter {
  return (start) => new ChildWorker(forkWorker(start), start.onStderr);
}

function forkWorker(start: WorkerStart): ChildProcess {
  return fork(start.entry, [], {
    execPath: process.execPath,
    execArgv: [...WORKER_HEAP_OPTIONS],
    env: workerEnvironment(start.generation),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

/** A forked worker. Its exit is reported when the process is gone and its channel and stderr are read to the end. */
class ChildWorker implements WorkerProcess {
  readonly #child: ChildProcess;
  readonly #stderr: string[] = [];
  readonly #exit: Promise<WorkerExit>;

  constructor(child: ChildProcess, onStderr: (line: string) => void) {
    this.#child = child;
    this.#exit = this.#watchExit(this.#readStderr(onStderr));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  send(message: HostToWorker): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  onMessage(listener: (message: WorkerToHost) => void): void {
    this.#child.on('message', (message) => listener(message as WorkerToHost));
  }

  onExit(listener: (exit: WorkerExit) => void): void {
    void this.#exit.then(listener);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #readStderr(onStderr: (line: string) => void): Promise<void> {
    const { stderr } = this.#child;
    if (stderr === null) return Promise.resolve();
    const lines = createInterface({ input: stderr, crlfDelay: Number.POSITIVE_INFINITY });
    lines.on('line', (line) => {
      this.#stderr.push(line);
      if (this.#stderr.length > STDERR_LINES_KEPT) this.#stderr.shift();
      onStderr(line);
    });
    return new Promise((resolve) => lines.once('close', resolve));
  }

  #watchExit(stderrRead: Promise<void>): Promise<WorkerExit> {
    const disconnected = new Promise<void>((resolve) => this.#child.once('disconnect', resolve));
    return new Promise((resolve) => {
      this.#child.once('error', (error) => {
        if (this.#child.pid === undefined) resolve({ code: null, signal: null, stderr: [error.message] });
      });
      this.#child.once('exit', async (code, signal) => {
        await Promise.race([Promise.all([disconnected, stderrRead]), drained()]);
        resolve({ code, signal, stderr: this.#stderr });
      });
    });
  }
}

function drained(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref());
}
