import type { JobDetail } from '#contract/api/job-views';

interface RejectsLink {
  /** The job under which they stand: what a retry left stands with what it retried. */
  readonly number: number;
  readonly text: 'rejects' | 'rejectsLeft' | 'rejectsOf';
  /** There are some. */
  readonly isWanted: boolean;
}

/** The way from a job that has ended to its rejects; null where there are none. */
export function rejectsLink({ job, report }: Pick<JobDetail, 'job' | 'report'>): RejectsLink | null {
  const rejected = report?.rejects.total ?? 0;
  const isMerged = job.state === 'succeeded' || job.state === 'succeeded_with_rejects';
  const root = job.retryOf?.job;
  if (root !== undefined && isMerged) {
    return { number: root, text: rejected > 0 ? 'rejectsLeft' : 'rejectsOf', isWanted: rejected > 0 };
  }
  return rejected > 0 ? { number: job.number, text: 'rejects', isWanted: true } : null;
}
