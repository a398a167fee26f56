import type { ErrorFacts } from '#contract/errors';
import type { JobReport } from '#contract/job-orders';
import type { JobState } from '#contract/jobs';

/** How a job's work ended, before it is stored. */
export interface JobEnd {
  readonly state: Extract<
    JobState,
    'succeeded' | 'succeeded_with_rejects' | 'failed' | 'cancelled' | 'waiting_for_review'
  >;
  readonly report?: JobReport;
  readonly error?: ErrorFacts;
}
