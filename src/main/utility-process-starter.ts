import { StringDecoder } from 'node:string_decoder';
import { app, type UtilityProcess, utilityProcess } from 'electron';
import type { HostToWorker, WorkerToHost } from '#contract/worker-messages';
import { WORKER_HEAP_OPTIONS, workerEnvironment } from '#host/worker-environment';
import type { WorkerExit, WorkerProcess, WorkerStart, WorkerStarter } from '#host/worker-process';

const STDERR_LINES_KEPT = 20;
/** From the news that a process is gone to its own `exit`, which does not come when it could not be launched. */
const EXIT_MS = 1_000;

let started = 0;

/** Starts workers as utility processes of Electron: the twin of `childProcessStarter`. Only after `ready`. */
export function utilityProcessStarter(): WorkerStarter {
  return (start) => {
    started += 1;
    const name = `loadstone-worker-${started}`;
    return new UtilityWorker(forkWorker(start, name), name, start.onStderr);
  };
}

function forkWorker(start: WorkerStart, serviceName: string): UtilityProcess {
  return utilityProcess.fork(start.entry, [], {
    serviceName,
    execArgv: [...WORKER_HEAP_OPTIONS],
    env: workerEnvironment(start.generation),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/**
 * A utility process. Electron reports its exit after closing its line, so no message comes later; it takes the
 * listeners off stderr at that moment, so an unfinished last line is told then.
 */
class UtilityWorker implements WorkerProcess {
  readonly #process: UtilityProcess;
  readonly #onStderr: (line: string) => void;
  readonly #stderr: string[] = [];
  readonly #decoder = new StringDecoder('utf8');
  readonly #exit: Promise<WorkerExit>;
  #unfinished = '';
  #pid: number | undefined;
  #gone = false;
  #killed = false;

  constructor(utility: UtilityProcess, name: string, onStderr: (line: string) => void) {
    this.#process = utility;
    this.#onStderr = onStderr;
    utility.stderr?.on('data', (bytes: Buffer) => this.#read(this.#decoder.write(bytes)));
    utility.once('spawn', () => this.#spawned());
    this.#exit = this.#watchExit(name);
  }

  get pid(): number | undefined {
    return this.#pid;
  }

  send(message: HostToWorker): void {
    if (!this.#gone) this.#process.postMessage(message);
  }

  onMessage(listener: (message: WorkerToHost) => void): void {
    this.#process.on('message', listener);
  }

  onExit(listener: (exit: WorkerExit) => void): void {
    void this.#exit.then(listener);
  }

  kill(): void {
    if (this.#gone) return;
    this.#killed = true;
    this.#process.kill();
    // Electron asks by SIGTERM, which a process may ignore. Before the spawn there is no number yet: see #spawned.
    if (this.#pid !== undefined) endProcess(this.#pid);
  }

  #spawned(): void {
    this.#pid = this.#process.pid;
    if (this.#killed) this.kill();
  }

  #watchExit(name: string): Promise<WorkerExit> {
    return new Promise((resolve) => {
      const end = (code: number | null): void => {
        if (this.#gone) return;
        this.#gone = true;
        app.off('child-process-gone', onGone);
        this.#read(`${this.#decoder.end()}\n`);
        const how = this.#killed ? { code: null, signal: 'SIGKILL' } : { code, signal: null };
        resolve({ ...how, stderr: this.#stderr });
      };
      const onGone = (_event: unknown, details: Electron.Details): void => {
        if (details.type !== 'Utility' || details.name !== name) return;
        if (!this.#killed && details.reason !== 'clean-exit') this.#keep(`process gone: ${details.reason}`);
        setTimeout(() => end(details.exitCode), EXIT_MS).unref();
      };
      app.on('child-process-gone', onGone);
      this.#process.once('error', (type, location) => this.#keep(`${type} at ${location}`));
      this.#process.once('exit', end);
    });
  }

  #read(text: string): void {
    const lines = (this.#unfinished + text).split(/\r?\n/);
    this.#unfinished = lines.pop() ?? '';
    for (const line of lines) if (line !== '') this.#keep(line);
  }

  #keep(line: string): void {
    this.#stderr.push(line);
    if (this.#stderr.length > STDERR_LINES_KEPT) this.#stderr.shift();
    this.#onStderr(line);
  }
}

/** SIGKILL; on Windows Node ends the process at once under that name too. */
function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it is gone already
  }
}
