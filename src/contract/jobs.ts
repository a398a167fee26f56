import { z } from 'zod';

/** What a job is: rows loaded from files, or a mapping's tables created and altered. */
export const JOB_KINDS = ['load', 'tables'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

export const JOB_STATES = [
  'queued',
  'running',
  'cancelling',
  'waiting_for_review',
  'succeeded',
  'succeeded_with_rejects',
  'failed',
  'cancelled',
  'interrupted',
  'discarded',
  'undone',
] as const;
export type JobState = (typeof JOB_STATES)[number];

/** The states a job may go to from each state. `interrupted` is what a crash of the host leaves behind. */
export const JOB_TRANSITIONS: Readonly<Record<JobState, readonly JobState[]>> = {
  queued: ['running', 'cancelled', 'interrupted', 'failed'],
  running: [
    'cancelling',
    'waiting_for_review',
    'succeeded',
    'succeeded_with_rejects',
    'failed',
    'cancelled',
    'interrupted',
  ],
  cancelling: ['cancelled', 'waiting_for_review', 'succeeded', 'succeeded_with_rejects', 'failed', 'interrupted'],
  waiting_for_review: ['queued', 'running', 'discarded'],
  succeeded: ['undone'],
  succeeded_with_rejects: ['undone'],
  failed: ['queued', 'running', 'discarded'],
  cancelled: ['queued', 'running', 'discarded'],
  interrupted: ['queued', 'running', 'discarded'],
  discarded: [],
  undone: [],
};

export const RESUMABLE_STATES: readonly JobState[] = ['cancelled', 'interrupted', 'failed', 'waiting_for_review'];

const JOB_PHASES = ['queued', 'starting', 'scan', 'stage', 'check', 'merge', 'create'] as const;

const doneOfTotal = { done: z.number(), total: z.number() };

/** `check`: rows are judged and compared; `write`: they go into the target; `keys`: keys, references and indexes are built. */
const mergeProgressSchema = z.object({ ...doneOfTotal, part: z.enum(['check', 'write', 'keys']) });
export type MergeProgress = Readonly<z.infer<typeof mergeProgressSchema>>;

/** Where a running job stands: absolute numbers, at most ten times a second. */
export const jobProgressSchema = z.object({
  phase: z.enum(JOB_PHASES),
  /** The table being checked, merged, created or altered. */
  table: z.string().exactOptional(),
  files: z.object({ ...doneOfTotal, failed: z.number() }),
  bytes: z.object(doneOfTotal),
  rows: z.number(),
  rejected: z.number(),
  /** Rows staged so far, by the mapping's table names. */
  tables: z.record(z.string(), z.number()),
  /** Rows and bytes per second of the last seconds. */
  rowsPerSecond: z.number(),
  bytesPerSecond: z.number(),
  workers: z.number(),
  leases: z.number(),
  /** Of a job that creates tables. */
  statements: z.object(doneOfTotal).exactOptional(),
  /** Rows accounted for by the merge, of all that are staged, and what it is at. */
  merge: mergeProgressSchema.exactOptional(),
});
export type JobProgress = Readonly<z.infer<typeof jobProgressSchema>>;
