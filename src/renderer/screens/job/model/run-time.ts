import type { JobDetail } from '#contract/api/job-views';

/** Seconds of the job's latest run; null when it never started. `now` in milliseconds. */
export function runSeconds({ job, events }: Pick<JobDetail, 'job' | 'events'>, now: number): number | null {
  if (job.startedAt === null) return null;
  // A resumed job keeps its first start.
  const started = events.findLast(({ event }) => event === 'running')?.at ?? job.startedAt;
  const ended = job.endedAt === null ? now : Date.parse(job.endedAt);
  return Math.max(0, (ended - Date.parse(started)) / 1000);
}
