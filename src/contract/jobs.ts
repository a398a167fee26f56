import type { StageProgress } from './worker-messages.ts';

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
  cancelling: ['cancelled', 'succeeded', 'succeeded_with_rejects', 'failed', 'interrupted'],
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

/** Where a running job stands: absolute numbers, at most ten times a second. */
export interface JobProgress {
  readonly phase: 'queued' | 'starting' | StageProgress['phase'];
  /** The table being checked or merged. */
  readonly table?: string;
  readonly files: { readonly done: number; readonly total: number; readonly failed: number };
  readonly bytes: { readonly done: number; readonly total: number };
  readonly rows: number;
  readonly rejected: number;
  /** Rows per second of the last seconds. */
  readonly rowsPerSecond: number;
  readonly workers: number;
  readonly leases: number;
}
