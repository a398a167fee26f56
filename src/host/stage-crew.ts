import type { LoadSpec } from '#contract/load';
import { OpenProgress } from '#contract/open-progress';
import type { FileChunk, StageProgress } from '#contract/worker-messages';
import { CancelSwitch } from './cancel-switch.ts';
import type { ChunkQueue } from './chunk-queue.ts';
import type { JobContext } from './job-context.ts';
import type { LoadTeam } from './load-team.ts';
import { asLead } from './lost-attempt.ts';
import { endOrphans } from './repair.ts';
import type { Supervisor } from './supervisor.ts';
import { isLeaseTimeout, isWorkerLoss } from './worker-errors.ts';

export interface StageWork {
  readonly spec: LoadSpec;
  readonly fence: number;
  readonly chunks: ChunkQueue;
  /** Stagers wanted at most. */
  readonly size: number;
  readonly onProgress: (progress: StageProgress) => void;
}

/**
 * Stages all chunks of a load with several workers at once. A stager is *working* until the queue is empty, until it
 * gives way (another job waits for a lease and this one has more than one stager), or until it is broken. A lost
 * worker's chunk goes back to the queue, its backend is ended by the lead, and the stager's supervisor starts the next
 * process. Any other failure stops the whole crew and is the crew's failure.
 */
export class StageCrew {
  readonly #context: JobContext;
  readonly #team: LoadTeam;
  readonly #work: StageWork;
  readonly #stop = new CancelSwitch();
  readonly #stagers = new Set<Promise<void>>();
  /** Stagers that were told to give way and have yet to end. */
  readonly #leaving = new Set<Supervisor>();
  #repairs: Promise<void> = Promise.resolve();
  #failure: { readonly reason: unknown } | undefined;
  #broken: unknown;

  constructor(context: JobContext, team: LoadTeam, work: StageWork) {
    this.#context = context;
    this.#team = team;
    this.#work = work;
  }

  /** @throws the first failure, or what `isCancelled` holds for. */
  async run(): Promise<void> {
    const unlink = forwardCancel(this.#context.cancel, this.#stop);
    try {
      this.#grow();
      await this.#team.dismissIdle();
      while (this.#stagers.size > 0) {
        await Promise.race(this.#stagers);
        // The last one to end may leave what came back to the queue meanwhile.
        if (this.#stagers.size === 0 && !this.#failure && this.#broken === undefined) this.#grow();
      }
      await this.#repairs.catch((error) => this.#fail(error));
    } finally {
      unlink();
    }
    if (this.#failure) throw this.#failure.reason;
    // Stagers that were given no more chunks because of a cancel end well; the load does not.
    if (this.#work.chunks.pending > 0) this.#stop.asked.throwIfAborted();
    if (this.#work.chunks.pending > 0) throw this.#broken;
  }

  /** Ends the crew because the load cannot go on. */
  abort(reason: unknown): void {
    this.#fail(reason);
  }

  #fail(reason: unknown): void {
    this.#failure ??= { reason };
    if (!this.#stop.asked.aborted) this.#stop.click();
  }

  /** As many stagers as there is work and room for. */
  #grow(): void {
    // A crew that stops hires nobody: those would end at once, and be replaced at once, for ever.
    if (this.#stop.asked.aborted) return;
    const { pool } = this.#context.workshop;
    const working = this.#working;
    const wanted = Math.min(this.#work.size, working + this.#work.chunks.pending);
    // Stagers that are still starting have yet to ask for their lease.
    const asked = Math.max(0, working + 1 - pool.heldBy(this.#context.number));
    const room = this.#othersWaiting() > 0 ? 0 : pool.usage(this.#context.server.key).free - asked;
    // The first stager is this job's right (see the job queue); others only while there is room.
    const more = Math.min(wanted - working, Math.max(room, 1 - working));
    for (let count = 0; count < more; count += 1) this.#add(this.#team.stager());
  }

  #add(worker: Supervisor): void {
    const staging: Promise<void> = this.#stage(worker)
      .catch((error) => this.#fail(error))
      .finally(() => {
        this.#stagers.delete(staging);
        this.#leaving.delete(worker);
      });
    this.#stagers.add(staging);
  }

  async #stage(worker: Supervisor): Promise<void> {
    try {
      while (!this.#stop.asked.aborted && (await this.#stageUntilLost(worker)) === 'again');
    } finally {
      void worker.stop();
    }
  }

  async #stageUntilLost(worker: Supervisor): Promise<'again' | 'over'> {
    const { spec, fence, chunks, onProgress } = this.#work;
    const progress = new OpenProgress(onProgress);
    let current: FileChunk | null = null;
    const nextChunk = () => {
      progress.committed();
      current = this.#stop.asked.aborted || this.#mustGiveWay(worker) ? null : chunks.take();
      // While nobody waits, connections that came free may be put to use.
      if (current !== null) this.#grow();
      return current;
    };
    try {
      await worker.run<'load.stage'>(
        { kind: 'load.stage', spec, fence },
        { cancel: this.#stop, nextChunk, onProgress: (step) => progress.add(step) },
      );
      return 'over';
    } catch (error) {
      progress.rolledBack();
      return this.#afterFailure(worker, current, error);
    }
  }

  async #afterFailure(worker: Supervisor, chunk: FileChunk | null, error: unknown): Promise<'again' | 'over'> {
    if (isWorkerLoss(error)) {
      this.#context.note('worker lost', { message: error instanceof Error ? error.message : '' });
      if (chunk) this.#work.chunks.lost(chunk, error);
      await this.#repair();
      if (worker.state !== 'broken') return this.#work.chunks.pending > 0 ? 'again' : 'over';
      this.#broken = error;
      return 'over';
    }
    if (chunk) this.#work.chunks.giveBack(chunk);
    // A worker that cannot start, or finds no lease, leaves the work to the others, if there are any.
    if (this.#working > 1 && (isLeaseTimeout(error) || worker.state === 'broken')) {
      this.#broken = error;
      return 'over';
    }
    throw error;
  }

  /** One at a time: the lead does one task at a time. */
  #repair(): Promise<void> {
    const { workshop, server } = this.#context;
    const { lead, leadGeneration: generation } = this.#team;
    const repair = () => endOrphans(lead, workshop.pool, server, { cancel: this.#stop, generation });
    this.#repairs = this.#repairs.then(() => asLead(repair()));
    return this.#repairs;
  }

  /** One stager for each request of another job that waits, down to the last. */
  #mustGiveWay(worker: Supervisor): boolean {
    const giveWay = this.#working > 1 && this.#othersWaiting() > this.#leaving.size;
    if (giveWay) this.#leaving.add(worker);
    return giveWay;
  }

  get #working(): number {
    return this.#stagers.size - this.#leaving.size;
  }

  #othersWaiting(): number {
    return this.#context.workshop.pool.othersWaiting(this.#context.server.key, this.#context.number);
  }
}

function forwardCancel(from: CancelSwitch, to: CancelSwitch): () => void {
  const click = () => {
    if (!to.asked.aborted) to.click();
  };
  const force = () => to.force();
  if (from.asked.aborted) click();
  if (from.forced.aborted) force();
  from.asked.addEventListener('abort', click, { once: true });
  from.forced.addEventListener('abort', force, { once: true });
  return () => {
    from.asked.removeEventListener('abort', click);
    from.forced.removeEventListener('abort', force);
  };
}
