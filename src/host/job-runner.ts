import type { Review } from '#contract/api/reviews';
import type { ConnectionRef } from '#contract/connection';
import type { JobProgress } from '#contract/jobs';
import type { LoadSpec } from '#contract/load';
import type { TablesSpec } from '#contract/tables-plan';
import type { UndoPruned, UndoResult } from '#contract/undo';
import { AuditTrail } from './audit/audit-trail.ts';
import { CancelSwitch } from './cancel-switch.ts';
import { childProcessStarter } from './child-process-starter.ts';
import type { ActionOptions, Host, HostOptions, JobHandle, LiveJob } from './host-types.ts';
import type { JobContext, Server, Workshop } from './job-context.ts';
import { workOf } from './job-work.ts';
import { JobActions, type JobPlace } from './jobs/job-actions.ts';
import { JobChanges } from './jobs/job-changes.ts';
import { nothingToUndo } from './jobs/job-errors.ts';
import { JobQueue } from './jobs/job-queue.ts';
import type { JobEvent, JobRecord } from './jobs/job-record.ts';
import { approvalOf, type MergeWish, resumeFacts } from './jobs/job-review.ts';
import { JobStore } from './jobs/job-store.ts';
import { type LoadOutcome, RunningJob, type TablesOutcome } from './jobs/running-job.ts';
import { serverKey } from './lease-desk.ts';
import { LeasePool } from './leases.ts';
import type { Ledger } from './ledger/ledger.ts';
import { sweepOrphans } from './orphan-sweep.ts';
import { ProgressMeter } from './progress-meter.ts';
import { SettingsStore } from './settings-store.ts';
import { DEFAULT_TIMING, pause } from './timing.ts';

/** How long `cancel` waits for a job of another process to end, and how often it looks. */
const REMOTE_CANCEL_MS = 30_000;
const REMOTE_LOOK_MS = 200;

/** Runs the jobs of one host. All share one pool of leases and one ledger; each change of state goes through the store. */
export class JobRunner implements Host {
  readonly audit: AuditTrail;
  readonly #options: HostOptions;
  readonly #ledger: Ledger;
  readonly #store: JobStore;
  readonly #changes: JobChanges;
  readonly #queue: JobQueue;
  readonly #workshop: Workshop;
  readonly #running = new Map<number, RunningJob>();
  readonly #actions: JobActions;
  readonly #sweeps = new Set<Promise<void>>();
  #poll: NodeJS.Timeout | undefined;

  constructor(options: HostOptions, budget: number, ledger: Ledger) {
    const timing = { ...DEFAULT_TIMING, ...options.timing };
    const pool = new LeasePool({ budget, orphanMs: timing.orphanMs });
    this.#options = options;
    this.#ledger = ledger;
    this.#changes = new JobChanges(ledger, { recover: () => this.#recover(), log: options.log });
    this.audit = new AuditTrail(ledger, options.program ?? 'cli');
    this.#store = new JobStore(ledger, (number) => this.#changes.tell([number]), this.audit);
    this.#queue = new JobQueue(budget);
    this.#workshop = {
      entry: options.workerEntry,
      starter: options.starter ?? childProcessStarter(),
      timing,
      pool,
      undoDays: () => this.undoDays,
      notePruned: this.notePruned.bind(this),
      leases: {
        pool,
        resolveTarget: options.resolveTarget,
        timeoutMs: timing.leaseMs,
        ...(options.onServerLost && { onServerLost: options.onServerLost }),
      },
    };
    this.#actions = new JobActions({
      store: this.#store,
      enter: (spec, signal) => this.#enter(spec, signal),
      context: (number, server, cancel) => this.#context(number, server, cancel),
      pollMs: timing.cancelPollMs,
    });
    this.#recover();
  }

  get undoDays(): number | null {
    const { undoDays, log } = this.#options;
    return undoDays === undefined ? new SettingsStore(this.#ledger, log, this.audit).read().undoDays : undoDays;
  }

  notePruned(connection: ConnectionRef, olderThanDays: number, pruned: UndoPruned): void {
    this.#store.undoDropped({ connection, olderThanDays, pruned });
  }

  startLoad(spec: LoadSpec): JobHandle<LoadOutcome> {
    return this.#launch(this.#store.create({ kind: 'load', spec })) as JobHandle<LoadOutcome>;
  }

  startTables(spec: TablesSpec): JobHandle<TablesOutcome> {
    return this.#launch(this.#store.create({ kind: 'tables', spec })) as JobHandle<TablesOutcome>;
  }

  resume(number: number): JobHandle {
    this.#recover();
    return this.#launch(this.#store.change(number, 'queued', resumeFacts));
  }

  merge(number: number, wish: MergeWish = {}): JobHandle<LoadOutcome> {
    this.#recover();
    const facts = (record: JobRecord) => ({ approval: approvalOf(record, wish) });
    return this.#launch(this.#store.change(number, 'queued', facts)) as JobHandle<LoadOutcome>;
  }

  forgetReview(number: number, reviewId: string): void {
    this.#store.forgetReview(number, reviewId);
  }

  resolved(number: number, review: Review): void {
    this.#store.resolved(number, review);
  }

  async discard(number: number, options: ActionOptions = {}): Promise<void> {
    this.#recover();
    const { discard } = workOf(this.#store.get(number));
    if (discard === null) this.#store.change(number, 'discarded');
    else await this.#actions.act(number, 'discard', options.signal, discard);
  }

  async undo(number: number, options: ActionOptions = {}): Promise<UndoResult> {
    this.#recover();
    const record = this.#store.get(number);
    const { undo } = workOf(record);
    if (undo === null) throw nothingToUndo(record);
    return this.#actions.act(number, 'undo', options.signal, undo, (undone) => ({ undone }));
  }

  async cancel(number: number): Promise<JobRecord> {
    this.#recover();
    const own = this.#running.get(number);
    if (own) {
      own.cancel();
      await own.done;
      return this.#store.get(number);
    }
    const action = this.#actions.cancel(number);
    if (action) {
      await action;
      return this.#store.get(number);
    }
    this.#store.requestCancel(number);
    const until = Date.now() + REMOTE_CANCEL_MS;
    while (Date.now() < until && this.#store.isOpen(number)) {
      await pause(REMOTE_LOOK_MS);
      this.#recover();
    }
    return this.#store.get(number);
  }

  askCancel(number: number): void {
    this.#recover();
    const own = this.#running.get(number);
    if (own) own.cancel();
    else if (this.#actions.cancel(number) === undefined) this.#store.requestCancel(number);
  }

  onChange(listener: (numbers: readonly number[]) => void): () => void {
    return this.#changes.listen(listener);
  }

  onOthersWrote(listener: () => void): () => void {
    return this.#changes.listenToOthers(listener);
  }

  live(number: number): LiveJob | undefined {
    const job = this.#running.get(number);
    return job && { progress: job.meter.snapshot(), history: job.history.points };
  }

  running(): readonly number[] {
    return [...this.#running.keys()];
  }

  onProgress(number: number, listener: (progress: JobProgress) => void): () => void {
    return this.#running.get(number)?.meter.subscribe(listener) ?? (() => {});
  }

  listJobs(): readonly JobRecord[] {
    this.#recover();
    return this.#store.list();
  }

  showJob(number: number): { readonly job: JobRecord; readonly events: readonly JobEvent[] } {
    this.#recover();
    return { job: this.#store.get(number), events: this.#store.events(number) };
  }

  async close(): Promise<void> {
    await this.stop();
    this.#changes.close();
    this.#ledger.close();
  }

  async stop(): Promise<void> {
    for (const job of this.#running.values()) job.cancel();
    await Promise.allSettled([...this.#running.values()].map((job) => job.done));
    await this.#actions.close();
    await Promise.allSettled(this.#sweeps);
    clearInterval(this.#poll);
  }

  #recover(): void {
    for (const number of this.#store.recover()) {
      this.#options.log.warn({ job: number }, 'a job was interrupted: the process that ran it is gone');
    }
  }

  #launch(record: JobRecord): JobHandle {
    const { number } = record;
    const { timing, pool } = this.#workshop;
    const job = new RunningJob({
      record,
      store: this.#store,
      meter: new ProgressMeter(timing.progressMs, () => pool.heldBy(number)),
      context: (server, cancel) => this.#context(number, server, cancel),
      enter: (spec, signal) => this.#enter(spec, signal),
      onLeft: (server) => this.#sweep(number, server),
    });
    this.#running.set(number, job);
    this.#startPolling();
    const left = () => this.#left(job);
    job.done.then(left, (err) => {
      this.#options.log.error({ err, job: number }, 'the end of the job could not be stored');
      left();
    });
    return {
      number,
      done: job.done,
      cancel: () => job.cancel(),
      onProgress: (listener) => job.meter.subscribe(listener),
    };
  }

  #left(job: RunningJob): void {
    // Who heard of its end may have started it again by now.
    if (this.#running.get(job.number) === job) this.#running.delete(job.number);
    if (this.#running.size === 0) clearInterval(this.#poll);
  }

  /** What killed workers left on the server; not before the job's end is told, but before this host closes. */
  #sweep(number: number, server: Server): void {
    const sweep = sweepOrphans(this.#context(number, server, new CancelSwitch()));
    this.#sweeps.add(sweep);
    void sweep.finally(() => this.#sweeps.delete(sweep));
  }

  async #enter(spec: JobRecord['spec'], signal: AbortSignal): Promise<JobPlace> {
    const server = await this.#server(spec);
    return { server, leave: await this.#queue.enter(server.key, signal) };
  }

  async #server({ connection }: JobRecord['spec']): Promise<Server> {
    return { connection, key: serverKey(await this.#options.resolveTarget(connection, { greet: true })) };
  }

  #context(number: number, server: Server, cancel: CancelSwitch): JobContext {
    return {
      workshop: this.#workshop,
      number,
      server,
      cancel,
      log: this.#options.log.child({ job: number }),
      note: (event, facts) => this.#note(number, event, facts),
    };
  }

  /** A history with a gap is better than a job that fails for it. */
  #note(number: number, event: string, facts: Readonly<Record<string, unknown>> = {}): void {
    try {
      this.#store.note(number, event, facts);
    } catch (err) {
      this.#options.log.warn({ err, job: number, event }, 'an event could not be stored');
    }
  }

  #startPolling(): void {
    clearInterval(this.#poll);
    this.#poll = setInterval(() => this.#hearRemoteClicks(), this.#workshop.timing.cancelPollMs);
  }

  #hearRemoteClicks(): void {
    for (const job of this.#running.values()) {
      try {
        job.hearRemoteClicks(this.#store.cancelsRequested(job.number));
      } catch (err) {
        this.#options.log.warn({ err, job: job.number }, 'the ledger could not be asked for cancels');
      }
    }
  }
}
