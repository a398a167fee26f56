import type { SpeedPoint } from '#contract/api/job-views';
import type { Review } from '#contract/api/reviews';
import type { AuditProgram } from '#contract/audit';
import type { ConnectionRef } from '#contract/connection';
import type { JobProgress } from '#contract/jobs';
import type { LoadSpec } from '#contract/load';
import type { TablesSpec } from '#contract/tables-plan';
import type { UndoPruned, UndoResult } from '#contract/undo';
import type { AuditTrail } from './audit/audit-trail.ts';
import type { JobEvent, JobRecord } from './jobs/job-record.ts';
import type { MergeWish } from './jobs/job-review.ts';
import type { JobOutcome, LoadOutcome, TablesOutcome } from './jobs/running-job.ts';
import type { ResolveTarget } from './lease-desk.ts';
import type { Log } from './log.ts';
import type { HostTiming } from './timing.ts';
import type { WorkerStarter } from './worker-process.ts';

export interface HostOptions {
  /** The folder of everything local (LOADSTONE_HOME). */
  readonly home: string;
  /** Connections per server, all jobs together. At least 2. */
  readonly pool?: number;
  /** The worker's entry file. */
  readonly workerEntry: string;
  readonly starter?: WorkerStarter;
  readonly log: Log;
  /** What the audit log says who was at work; default: the command line. */
  readonly program?: AuditProgram;
  /** Finds where a server is and how to get in; may start the embedded one. */
  readonly resolveTarget: ResolveTarget;
  /** A worker could not reach the server, or lost it. */
  readonly onServerLost?: (connection: ConnectionRef) => void;
  readonly timing?: Partial<HostTiming>;
  /** For how many days loads can be undone, in place of the setting; null: for ever. */
  readonly undoDays?: number | null;
}

/** A job that runs in this host. */
export interface JobHandle<Outcome extends JobOutcome = JobOutcome> {
  readonly number: number;
  /** The first call stops gracefully, the second kills. */
  cancel(): void;
  /** The end, after it is stored. Rejects only with LEDGER_FAILED. */
  readonly done: Promise<Outcome>;
  /** At most ten snapshots a second; returns how to stop listening. */
  onProgress(listener: (progress: JobProgress) => void): () => void;
}

/** What is known of a job while it runs in this host. */
export interface LiveJob {
  readonly progress: JobProgress;
  readonly history: readonly SpeedPoint[];
}

/** The application without a shell. */
export interface Host {
  /** For how many days loads can be undone; null: for ever. */
  readonly undoDays: number | null;
  /** Keeps in the ledger that undo data was dropped. */
  notePruned(connection: ConnectionRef, olderThanDays: number, pruned: UndoPruned): void;
  startLoad(spec: LoadSpec): JobHandle<LoadOutcome>;
  /** Creates and alters a mapping's tables. */
  startTables(spec: TablesSpec): JobHandle<TablesOutcome>;
  /** Of a load that waits for review: merges it. @throws JOB_STATE, JOB_NOT_FOUND */
  resume(number: number): JobHandle;
  /** Merges a load that was reviewed. @throws JOB_STATE, JOB_NOT_FOUND, RESOLUTIONS_STALE */
  merge(number: number, wish?: MergeWish): JobHandle<LoadOutcome>;
  /** Hears that what was staged for this review was not found. */
  forgetReview(number: number, reviewId: string): void;
  /** Hears that what shall become of the load's conflicts was changed. */
  resolved(number: number, review: Review): void;
  /** Drops what the job staged. @throws JOB_STATE, or the worker's error; the job then stays as it was. */
  discard(number: number, options?: ActionOptions): Promise<void>;
  /** Takes back what the job merged. @throws JOB_STATE, or the worker's error; the job then stays as it was. */
  undo(number: number, options?: ActionOptions): Promise<UndoResult>;
  /** Cancels a job of this or another process; resolves when it has ended, or to how it stands after 30 s. */
  cancel(number: number): Promise<JobRecord>;
  /** Asks a job of this or another process to stop; a second call kills. @throws JOB_STATE, JOB_NOT_FOUND */
  askCancel(number: number): void;
  /** Newest first. */
  listJobs(): readonly JobRecord[];
  showJob(number: number): { readonly job: JobRecord; readonly events: readonly JobEvent[] };
  /** What happened here, written down for good. */
  readonly audit: AuditTrail;
  /** Calls the listener with jobs that changed, here or in other processes; returns how to stop listening. */
  onChange(listener: (numbers: readonly number[]) => void): () => void;
  /** Calls the listener when another process wrote anything into the ledger; returns how to stop listening. */
  onOthersWrote(listener: () => void): () => void;
  /** undefined: the job does not run in this host. */
  live(number: number): LiveJob | undefined;
  /** The numbers of the jobs that run in this host. */
  running(): readonly number[];
  /** At most ten snapshots a second of a job that runs in this host; returns how to stop listening. */
  onProgress(number: number, listener: (progress: JobProgress) => void): () => void;
  /** Cancels what runs and ends all workers. */
  stop(): Promise<void>;
  /** As `stop`, and closes the ledger. */
  close(): Promise<void>;
}

export interface ActionOptions {
  readonly signal?: AbortSignal;
}
