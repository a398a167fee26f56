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
  waiting_for_review: ['running', 'discarded'],
  succeeded: ['undone'],
  succeeded_with_rejects: ['undone'],
  failed: ['running', 'discarded'],
  cancelled: ['running', 'discarded'],
  interrupted: ['running', 'discarded'],
  discarded: [],
  undone: [],
};

export const RESUMABLE_STATES: readonly JobState[] = ['cancelled', 'interrupted', 'failed', 'waiting_for_review'];
