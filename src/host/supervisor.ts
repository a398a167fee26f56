import type { LogLevel, TaskKind, TaskOf, TaskResults, WorkerToHost } from '#contract/worker-messages';
import { CrashCircuit } from './crash-circuit.ts';
import { LeaseDesk, type LeaseDeskOptions } from './lease-desk.ts';
import type { LeaseHolder } from './leases.ts';
import type { Log } from './log.ts';
import { type RunOptions, TaskRun } from './task-run.ts';
import { backoff, type HostTiming, pause } from './timing.ts';
import { isWorkerLoss, workerCrashed, workerNotReady } from './worker-errors.ts';
import { WorkerLink } from './worker-link.ts';
import type { WorkerExit, WorkerStarter } from './worker-process.ts';

export interface SupervisorOptions {
  readonly holder: LeaseHolder;
  readonly entry: string;
  readonly starter: WorkerStarter;
  readonly timing: HostTiming;
  readonly leases: LeaseDeskOptions;
  readonly log: Log;
}

export type SupervisorState = 'down' | 'starting' | 'idle' | 'busy' | 'broken' | 'closed';

/** Generations count up over all workers of this host, so no two processes ever share one. */
let lastGeneration = 0;

/**
 * Looks after one worker: one process at a time, replaced when it is lost.
 *
 * - `down`: no process. The first state, and the one after an exit. `start` or `run` lead to `starting`.
 * - `starting`: forked, not `ready` yet. `ready` → `idle`; time-out or exit → `down`, and another try after a pause.
 * - `idle`: ready, nothing to do. `run` → `busy`.
 * - `busy`: one task runs. Its end → `idle`; the process's exit → `down`, and the task fails with WORKER_CRASHED (or
 *   WORKER_UNRESPONSIVE), or as cancelled if that was asked before.
 * - `broken`: three starts or crashes in a row without a task or chunk done in between. `run` fails at once.
 * - `closed`: `stop` or `kill` was called; the end.
 *
 * A process that was given up is killed and its generation is over: whatever it still says is dropped.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #circuit = new CrashCircuit();
  #link: WorkerLink | undefined;
  #starting: Promise<WorkerLink> | undefined;
  #task: TaskRun | undefined;
  #taskId = 0;
  #closed = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  get state(): SupervisorState {
    if (this.#closed) return 'closed';
    if (this.#task) return 'busy';
    if (this.#starting) return 'starting';
    if (this.#link && !this.#link.gone) return 'idle';
    return this.#circuit.open ? 'broken' : 'down';
  }

  get alive(): boolean {
    return this.#link !== undefined && !this.#link.gone;
  }

  get pid(): number | undefined {
    return this.alive ? this.#link?.pid : undefined;
  }

  /** The process of this moment; a task may ask for the very same one later. */
  get generation(): number {
    return this.#link?.generation ?? 0;
  }

  get rssBytes(): number {
    return this.#link?.rssBytes ?? 0;
  }

  /** Forks ahead of the first task; failures show when a task is run. */
  start(): void {
    this.#ensureReady().catch(() => {});
  }

  /** Forks, or waits for it. @throws when cancelled, a value for which `isCancelled` holds; why it does not start. */
  async ready(asked: AbortSignal): Promise<void> {
    await this.#readyOrCancelled(asked);
  }

  /**
   * Runs one task to its end. One at a time: a second call while one runs is a fault of the caller.
   * @throws LoadstoneError of the task or of the worker; when cancelled, a value for which `isCancelled` holds.
   */
  async run<K extends TaskKind>(task: TaskOf<K>, options: RunOptions): Promise<TaskResults[K]> {
    const { holder, timing } = this.#options;
    options.cancel.asked.throwIfAborted();
    if (options.generation !== undefined && (options.generation !== this.#link?.generation || this.#link.gone)) {
      throw workerCrashed(holder.worker, await this.#lastExit());
    }
    const link = await this.#readyOrCancelled(options.cancel.asked);
    if (this.#task) throw new Error(`Worker ${holder.worker} was given ${task.kind} while it runs ${this.#task.kind}.`);
    this.#taskId += 1;
    const nextChunk = options.nextChunk && this.#countChunks(options.nextChunk);
    this.#task = new TaskRun({
      ...options,
      ...(nextChunk && { nextChunk }),
      worker: holder.worker,
      taskId: this.#taskId,
      task,
      link,
      graceMs: timing.graceMs,
    });
    return this.#finish(this.#task) as Promise<TaskResults[K]>;
  }

  /** Rejects with WORKER_CRASHED or WORKER_UNRESPONSIVE when the present process ends, whatever it is doing. */
  async lost(): Promise<never> {
    const link = this.#link;
    const exit = await this.#lastExit();
    throw link?.reason ?? workerCrashed(this.#options.holder.worker, exit);
  }

  /** Lets the worker close its connections and exit; one that is still starting has none. */
  async stop(): Promise<void> {
    if (this.#starting) return this.kill();
    this.#closed = true;
    await this.#link?.shutdown();
  }

  async kill(): Promise<void> {
    this.#closed = true;
    this.#link?.kill();
    await this.#link?.exited;
  }

  async #finish(run: TaskRun): Promise<TaskResults[TaskKind]> {
    const { log } = this.#options;
    const since = performance.now();
    try {
      const result = await run.result;
      this.#circuit.succeeded();
      return result;
    } catch (error) {
      if (isWorkerLoss(error)) this.#circuit.failed();
      throw error;
    } finally {
      this.#task = undefined;
      log.debug({ task: run.kind, ms: Math.round(performance.now() - since) }, 'task ended');
    }
  }

  #lastExit(): Promise<WorkerExit> {
    return this.#link?.exited ?? Promise.resolve({ code: null, signal: null, stderr: [] });
  }

  /** A worker that gets through chunks is sound, however long its task lasts. */
  #countChunks<Chunk>(next: () => Chunk): () => Chunk {
    let first = true;
    return () => {
      if (!first) this.#circuit.succeeded();
      first = false;
      return next();
    };
  }

  async #readyOrCancelled(asked: AbortSignal): Promise<WorkerLink> {
    const cancelled = Promise.withResolvers<never>();
    const stop = () => cancelled.reject(asked.reason);
    asked.addEventListener('abort', stop, { once: true });
    try {
      return await Promise.race([this.#ensureReady(), cancelled.promise]);
    } finally {
      asked.removeEventListener('abort', stop);
    }
  }

  #ensureReady(): Promise<WorkerLink> {
    if (this.#starting) return this.#starting;
    if (this.#link && !this.#link.gone) return Promise.resolve(this.#link);
    this.#starting = this.#startUntilReady().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #startUntilReady(): Promise<WorkerLink> {
    const { holder, timing, log } = this.#options;
    let lastError: unknown;
    while (!this.#closed && !this.#circuit.open) {
      if (this.#circuit.failures > 0) await pause(backoff(this.#circuit.failures - 1, timing.backoffMs));
      if (this.#closed) break;
      const link = this.#fork();
      try {
        await link.ready;
        return link;
      } catch (error) {
        lastError = error;
        this.#circuit.failed();
        // One that was told to stop before it was ready did nothing wrong.
        if (!this.#closed) log.warn({ err: error, failures: this.#circuit.failures }, 'worker did not start');
        await link.exited;
      }
    }
    throw (
      lastError ??
      workerNotReady(holder.worker, this.#closed ? 'is closed' : 'crashed too often and is not started again')
    );
  }

  #fork(): WorkerLink {
    const { starter, entry, timing, log } = this.#options;
    lastGeneration += 1;
    const generation = lastGeneration;
    const process = starter({ entry, generation, onStderr: (line) => log.warn({ generation }, `stderr: ${line}`) });
    const desk: LeaseDesk = this.#openDesk((words) => link.send(words));
    const onMessage = (message: WorkerToHost) => this.#route(message, desk);
    const link = new WorkerLink({ worker: this.#options.holder.worker, process, generation, timing, onMessage });
    this.#link = link;
    log.debug({ generation, pid: process.pid }, 'worker forked');
    void link.exited.then((exit) => {
      desk.workerGone();
      const err = link.reason ?? workerCrashed(this.#options.holder.worker, exit);
      if (!this.#closed) log.warn({ generation, err }, 'worker lost');
    });
    return link;
  }

  #openDesk(send: ConstructorParameters<typeof LeaseDesk>[1]['send']): LeaseDesk {
    const { leases, holder } = this.#options;
    return new LeaseDesk(leases, { holder, send, repairing: () => this.#task?.kind === 'backends.end' });
  }

  #route(message: WorkerToHost, desk: LeaseDesk): void {
    if (desk.handle(message)) return;
    if (message.type === 'log') this.#log(message.level, message.facts, message.message);
    else this.#task?.handle(message);
  }

  #log(level: LogLevel, facts: Readonly<Record<string, unknown>>, message: string): void {
    this.#options.log[level]({ ...facts }, message);
  }
}
