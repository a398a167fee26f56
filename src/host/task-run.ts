import { errorFromFacts } from '#contract/errors';
import type { LoadReport } from '#contract/load';
import type { FileChunk, StageProgress, Task, TaskKind, TaskResults, WorkerToHost } from '#contract/worker-messages';
import type { CancelSignals } from './cancel-switch.ts';
import { workerCrashed } from './worker-errors.ts';
import type { WorkerLink } from './worker-link.ts';

export interface RunOptions {
  readonly cancel: CancelSignals;
  readonly onProgress?: (progress: StageProgress) => void;
  /** Asked when the worker wants more, also by one that was cancelled: asking says that the chunk before is done. */
  readonly nextChunk?: () => FileChunk | null;
  /** Only the process of this generation will do: it holds what the task needs. */
  readonly generation?: number;
  /** What is known of a load whose task failed as a whole. */
  readonly onReport?: (report: LoadReport) => void;
}

interface TaskRunOptions extends RunOptions {
  readonly worker: string;
  readonly taskId: number;
  readonly task: Task;
  readonly link: WorkerLink;
  readonly graceMs: number;
}

/**
 * One task on one worker process, from sending it to its end. The cancel ladder: the first signal sends `cancel` and
 * starts the grace period; its end, or the second signal, kills the process. A task that finishes although it was
 * cancelled has finished; a failure or an exit after a cancel is the cancel.
 */
export class TaskRun {
  readonly result: Promise<TaskResults[TaskKind]>;
  readonly kind: TaskKind;
  readonly #options: TaskRunOptions;
  readonly #settle = Promise.withResolvers<TaskResults[TaskKind]>();
  #grace: NodeJS.Timeout | undefined;

  constructor(options: TaskRunOptions) {
    this.#options = options;
    this.kind = options.task.kind;
    const { link, taskId, task, cancel, worker } = options;
    const ask = () => this.#askToStop();
    const force = () => link.kill();
    cancel.asked.addEventListener('abort', ask, { once: true });
    cancel.forced.addEventListener('abort', force, { once: true });
    this.result = this.#settle.promise.finally(() => {
      clearTimeout(this.#grace);
      cancel.asked.removeEventListener('abort', ask);
      cancel.forced.removeEventListener('abort', force);
    });
    void link.exited.then((exit) => this.#fail(link.reason ?? workerCrashed(worker, exit)));
    link.send({ type: 'task', taskId, task });
    if (cancel.asked.aborted) ask();
    if (cancel.forced.aborted) force();
  }

  handle(message: WorkerToHost): void {
    if (!('taskId' in message) || message.taskId !== this.#options.taskId) return;
    switch (message.type) {
      case 'next':
        this.#giveChunk();
        break;
      case 'progress':
        this.#options.onProgress?.(message.progress);
        break;
      case 'done':
        this.#settle.resolve(message.result);
        break;
      case 'cancelled':
        this.#fail(new Error('The worker cancelled its task unasked.'));
        break;
      case 'failed':
        if (message.report) this.#options.onReport?.(message.report);
        this.#fail(errorFromFacts(message.error));
        break;
      default:
        message satisfies never;
    }
  }

  #giveChunk(): void {
    const { link, taskId, nextChunk } = this.#options;
    link.send({ type: 'chunk', taskId, chunk: nextChunk?.() ?? null });
  }

  #askToStop(): void {
    const { link, taskId, graceMs } = this.#options;
    link.send({ type: 'cancel', taskId });
    this.#grace = setTimeout(() => link.kill(), graceMs);
  }

  #fail(reason: unknown): void {
    const { asked } = this.#options.cancel;
    this.#settle.reject(asked.aborted ? asked.reason : reason);
  }
}
