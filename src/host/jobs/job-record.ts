import type { ErrorFacts } from '#contract/errors';
import type { JobKind, JobState } from '#contract/jobs';
import type { LoadReport, LoadSpec } from '#contract/load';
import type { Approval, ReviewSummary } from '#contract/review';
import type { TablesReport, TablesSpec } from '#contract/tables-plan';

/** States in which a process works on the job; no other may touch it while that one lives. */
export const OWNED_STATES: readonly JobState[] = ['queued', 'running', 'cancelling'];

/** What can be done with a job that has ended, apart from resuming it. */
export type JobAction = 'undo' | 'discard';
export const ACTION_ENDS: Readonly<Record<JobAction, JobState>> = { undo: 'undone', discard: 'discarded' };

/** The event of a job's history that ends its being undoable. */
export const UNDO_DROPPED = 'undo dropped';

/** What the ledger keeps of jobs of every kind. Times are ISO 8601 in UTC. */
interface RecordFacts {
  readonly number: number;
  /** The id of the order; of a load, the load's. */
  readonly loadId: string;
  readonly state: JobState;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** What is being done with a job that has ended. */
  readonly busyWith: JobAction | null;
  readonly error: ErrorFacts | null;
}

interface LoadRecord extends RecordFacts {
  readonly kind: 'load';
  readonly spec: LoadSpec;
  readonly report: LoadReport | null;
  /** Of staged rows that wait to be merged. */
  readonly review: ReviewSummary | null;
  /** Somebody's word that they shall be. */
  readonly approval: Approval | null;
}

interface TablesRecord extends RecordFacts {
  readonly kind: 'tables';
  readonly spec: TablesSpec;
  readonly report: TablesReport | null;
}

/** A job as the ledger keeps it. */
export type JobRecord = LoadRecord | TablesRecord;

export interface JobEvent {
  readonly at: string;
  readonly event: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface JobRow {
  readonly number: number;
  readonly load_id: string;
  readonly kind: JobKind;
  readonly state: JobState;
  readonly spec: string;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly host_pid: number | null;
  readonly host_started: string | null;
  readonly action: JobAction | null;
  readonly cancel_requested: number;
  readonly report: string | null;
  readonly error: string | null;
  readonly review: string | null;
  readonly approval: string | null;
}

export function toRecord(row: JobRow): JobRecord {
  return {
    number: row.number,
    loadId: row.load_id,
    kind: row.kind,
    state: row.state,
    spec: JSON.parse(row.spec),
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    busyWith: row.action,
    report: row.report === null ? null : JSON.parse(row.report),
    error: row.error === null ? null : JSON.parse(row.error),
    ...(row.kind === 'load' && {
      review: row.review === null ? null : JSON.parse(row.review),
      approval: row.approval === null ? null : JSON.parse(row.approval),
    }),
    // Spec and report are of the row's kind: they were stored with it.
  } as JobRecord;
}
