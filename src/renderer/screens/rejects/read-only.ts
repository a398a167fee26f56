import type { JobSummary } from '#contract/api/job-views';

/** Why the rejects of a job can be looked at only. */
export type ReadOnly = 'running' | 'review' | 'notMerged' | 'dryRun' | 'undone' | 'discarded' | 'other';

/** @returns null when they can be corrected and loaded. */
export function readOnlyReason(
  { state, dryRun }: Pick<JobSummary, 'state' | 'dryRun'>,
  canRetry: boolean,
): ReadOnly | null {
  switch (state) {
    case 'queued':
    case 'running':
    case 'cancelling':
      return 'running';
    case 'waiting_for_review':
      return 'review';
    case 'failed':
    case 'cancelled':
    case 'interrupted':
      return 'notMerged';
    case 'undone':
    case 'discarded':
      return state;
    case 'succeeded':
    case 'succeeded_with_rejects':
      if (canRetry) return null;
      return dryRun ? 'dryRun' : 'other';
    default:
      return state satisfies never;
  }
}
