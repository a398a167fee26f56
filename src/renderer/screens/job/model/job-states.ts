import type { JobSummary } from '#contract/api/job-views';
import type { JobState } from '#contract/jobs';

const OPEN_STATES: readonly JobState[] = ['queued', 'running', 'cancelling'];

/** Whether the load itself is under way or about to be. */
export function isOpen(state: JobState): boolean {
  return OPEN_STATES.includes(state);
}

/** Whether anybody works on the job, so that more will be heard of it. */
export function isLive({ state, busyWith }: Pick<JobSummary, 'state' | 'busyWith'>): boolean {
  return isOpen(state) || busyWith !== null;
}
