import type { LoadstoneError } from '#contract/errors';
import type { HostToWorker, WorkerToHost } from '#contract/worker-messages';
import type { HostTiming } from './timing.ts';
import { workerNotReady, workerUnresponsive } from './worker-errors.ts';
import type { WorkerExit, WorkerProcess } from './worker-process.ts';

type Body<Frame> = Frame extends unknown ? Omit<Frame, 'generation'> : never;
/** What the host says, before the link stamps it. */
export type HostWords = Body<HostToWorker>;

interface WorkerLinkOptions {
  readonly worker: string;
  readonly process: WorkerProcess;
  readonly generation: number;
  readonly timing: HostTiming;
  readonly onMessage: (message: WorkerToHost) => void;
}

/**
 * The conversation with one worker process, from its fork to its exit: stamps what is sent, drops frames of another
 * generation, ends a process that is not ready in time or falls silent.
 *
 * `ready` settles once: resolved by the `ready` frame, rejected by time-out or exit. After it, pings go out at a steady
 * pace and any frame counts as an answer; unanswered pings are counted instead of time measured, so that a laptop that
 * slept does not lose its workers. `exited` always resolves, after the last message.
 */
export class WorkerLink {
  readonly generation: number;
  readonly ready: Promise<void>;
  readonly exited: Promise<WorkerExit>;
  readonly #options: WorkerLinkOptions;
  #heartbeat: NodeJS.Timeout | undefined;
  #unanswered = 0;
  #sequence = 0;
  #gone = false;
  #rssBytes = 0;
  #reason: LoadstoneError | undefined;

  constructor(options: WorkerLinkOptions) {
    this.#options = options;
    this.generation = options.generation;
    const becameReady = Promise.withResolvers<void>();
    const timer = setTimeout(() => this.#tooLate(becameReady.reject), options.timing.readyMs);
    options.process.onMessage((message) => this.#receive(message, becameReady.resolve));
    this.exited = new Promise<WorkerExit>((resolve) => options.process.onExit(resolve)).then((exit) => {
      this.#gone = true;
      clearInterval(this.#heartbeat);
      becameReady.reject(workerNotReady(options.worker, 'ended before it was ready', exit.stderr));
      return exit;
    });
    this.ready = becameReady.promise.then(() => this.#startHeartbeat()).finally(() => clearTimeout(timer));
    this.ready.catch(() => {});
  }

  get pid(): number | undefined {
    return this.#options.process.pid;
  }

  /** Resident memory as of the last pong. */
  get rssBytes(): number {
    return this.#rssBytes;
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** Why the host itself ended the process; undefined when it went by its own. */
  get reason(): LoadstoneError | undefined {
    return this.#reason;
  }

  send(words: HostWords): void {
    if (!this.#gone) this.#options.process.send({ ...words, generation: this.generation });
  }

  kill(reason?: LoadstoneError): void {
    this.#reason ??= reason;
    if (!this.#gone) this.#options.process.kill();
  }

  /** Asks the worker to close its connections and exit, kills it when it does not; resolves when it is gone. */
  async shutdown(): Promise<void> {
    this.send({ type: 'shutdown' });
    const timer = setTimeout(() => this.kill(), this.#options.timing.shutdownMs);
    await this.exited;
    clearTimeout(timer);
  }

  #receive(message: WorkerToHost, becameReady: () => void): void {
    if (message.generation !== this.generation) return;
    this.#unanswered = 0;
    if (message.type === 'ready') becameReady();
    else if (message.type === 'pong') this.#rssBytes = message.rssBytes;
    else this.#options.onMessage(message);
  }

  #tooLate(reject: (reason: LoadstoneError) => void): void {
    const { worker, timing } = this.#options;
    const error = workerNotReady(worker, `was not ready within ${timing.readyMs / 1000} s`);
    reject(error);
    this.kill(error);
  }

  #startHeartbeat(): void {
    if (this.#gone) return;
    const { timing, worker } = this.#options;
    const allowed = Math.max(1, Math.ceil(timing.silentMs / timing.pingEveryMs));
    this.#heartbeat = setInterval(() => {
      if (this.#unanswered >= allowed) return this.kill(workerUnresponsive(worker, timing.silentMs));
      this.#unanswered += 1;
      this.#sequence += 1;
      this.send({ type: 'ping', sequence: this.#sequence });
    }, timing.pingEveryMs);
  }
}
