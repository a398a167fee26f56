import type { ConnectionRef } from '#contract/connection';
import { toErrorFacts } from '#contract/errors';
import type { FileChunk, HostToWorker, Task } from '#contract/worker-messages';
import { FailedLoad, type ServerSession, toLoadstoneError } from '#engine/door';
import { LeaseSession } from './lease-session.ts';
import type { ParentPort } from './parent-port.ts';
import { ProgressBatcher } from './progress-batcher.ts';
import { INQUIRIES, isInquiry } from './run-inquiry.ts';
import { runTask } from './run-task.ts';

/** A worker whose host is gone gets this long to roll back, then ends whatever it does. */
const ORPHAN_GRACE_MS = 2_000;

interface RunningTask {
  readonly taskId: number;
  readonly abort: AbortController;
  readonly progress: ProgressBatcher;
  chunk: PromiseWithResolvers<FileChunk | null> | null;
}

/**
 * Serves a host: one task at a time, on one leased connection that stays open between tasks.
 *
 * States: idle → running → (cancelling) → idle, until `shutdown`, or until the host is gone.
 */
export function serve(port: ParentPort): void {
  new WorkerService(port).start();
}

class WorkerService {
  readonly #port: ParentPort;
  #session: LeaseSession | null = null;
  #running: RunningTask | null = null;
  #startedAt = Date.now();

  constructor(port: ParentPort) {
    this.#port = port;
  }

  start(): void {
    this.#port.onMessage((message) => this.#hear(message));
    this.#port.onGone(() => this.#abandon());
    // A failure that nobody awaits is a defect: better to end and be restarted than to go on in an unknown state.
    process.on('unhandledRejection', (reason) => {
      process.stderr.write(`${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\n`);
      process.exit(1);
    });
    // A terminal's Ctrl-C reaches the whole process group; the host cancels its workers itself.
    process.on('SIGINT', () => undefined);
    this.#port.send({ type: 'ready' });
  }

  #hear(message: HostToWorker): void {
    switch (message.type) {
      case 'task':
        void this.#run(message.taskId, message.task);
        return;
      case 'cancel':
        if (this.#running?.taskId === message.taskId) this.#cancel(this.#running);
        return;
      case 'chunk':
        if (this.#running?.taskId === message.taskId) this.#running.chunk?.resolve(message.chunk);
        return;
      case 'lease':
      case 'lease-refused':
        this.#session?.hear(message);
        return;
      case 'ping':
        this.#port.send({ type: 'pong', sequence: message.sequence, rssBytes: process.memoryUsage.rss() });
        return;
      case 'shutdown':
        void this.#shutDown();
        return;
      default:
        message satisfies never;
    }
  }

  #cancel({ abort, chunk }: RunningTask): void {
    abort.abort();
    chunk?.reject(abort.signal.reason);
  }

  async #run(taskId: number, task: Task): Promise<void> {
    const progress = new ProgressBatcher((sum) => this.#port.send({ type: 'progress', taskId, progress: sum }));
    const running: RunningTask = { taskId, abort: new AbortController(), progress, chunk: null };
    const { signal } = running.abort;
    this.#running = running;
    if (task.kind === 'load.prepare') this.#startedAt = Date.now();
    try {
      const session = await this.#sessionFor(task);
      const result = await runTask(task, {
        session,
        signal,
        startedAt: this.#startedAt,
        nextChunk: () => this.#nextChunk(running),
        onProgress: (step) => progress.add(step),
        log: (level, message, facts) => this.#port.send({ type: 'log', level, message, facts }),
      });
      progress.flush();
      this.#port.send({ type: 'done', taskId, result });
    } catch (thrown) {
      progress.flush();
      if (isInquiry(task) && !signal.aborted) this.#forgetServer();
      if (signal.aborted) this.#port.send({ type: 'cancelled', taskId });
      else
        this.#port.send({
          type: 'failed',
          taskId,
          error: toErrorFacts(toLoadstoneError(thrown, { action: actionOf(task) })),
          ...(thrown instanceof FailedLoad && { report: thrown.report }),
        });
    } finally {
      if (this.#running === running) this.#running = null;
    }
  }

  async #sessionFor(task: Task): Promise<ServerSession> {
    const connection = connectionOf(task);
    if (connection !== null && !this.#session?.isFor(connection)) {
      await this.#session?.release();
      this.#session = new LeaseSession(this.#port, connection, 'loadstone worker');
    }
    return this.#session ?? NO_SERVER;
  }

  /** What an inquiry failed over may be a password, or a place, that is another the next time: it is asked for anew. */
  #forgetServer(): void {
    const session = this.#session;
    this.#session = null;
    void session?.release();
  }

  /** Asking for the next chunk tells the host that the one before is committed, and all progress told until then. */
  #nextChunk(running: RunningTask): Promise<FileChunk | null> {
    running.progress.flush();
    running.chunk = Promise.withResolvers();
    this.#port.send({ type: 'next', taskId: running.taskId });
    running.abort.signal.throwIfAborted();
    return running.chunk.promise;
  }

  async #shutDown(): Promise<void> {
    if (this.#running !== null) this.#cancel(this.#running);
    await this.#session?.release();
    this.#port.close();
    process.exit(0);
  }

  #abandon(): void {
    if (this.#running !== null) this.#cancel(this.#running);
    setTimeout(() => process.exit(1), ORPHAN_GRACE_MS).unref();
    void this.#session?.release().finally(() => process.exit(1));
    if (this.#session === null) process.exit(1);
  }
}

/** For tasks that name no server. */
const NO_SERVER: ServerSession = {
  connect: () => Promise.reject(new Error('The task names no server.')),
  discard: () => Promise.resolve(),
};

function connectionOf(task: Task): ConnectionRef | null {
  if ('spec' in task) return task.spec.connection;
  return 'connection' in task ? task.connection : null;
}

function actionOf(task: Task): string {
  if (isInquiry(task)) return INQUIRIES[task.kind];
  switch (task.kind) {
    case 'load.prepare':
      return 'prepare the load';
    case 'load.stage':
      return 'stage the files';
    case 'load.check':
      return 'check the load';
    case 'load.merge':
      return 'merge the load';
    case 'load.discard':
      return 'discard the load';
    case 'load.undo':
      return 'undo the load';
    case 'undo.prune':
      return 'drop the undo data of old loads';
    case 'tables.create':
      return 'create the tables';
    case 'backends.end':
      return 'end the connections of a lost worker';
    default:
      return task satisfies never;
  }
}
