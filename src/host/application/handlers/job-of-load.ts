import type { JobSummary } from '#contract/api/job-views';
import type { LoadstoneError } from '#contract/errors';
import type { Services } from '../services.ts';

/** The number of a load's job, where it is one of this home's. */
export function jobOf(jobs: Services['jobs'], loadId: string): { readonly job?: number } {
  const number = jobs.ofOrder(loadId)?.number;
  return number === undefined ? {} : { job: number };
}

/** @throws JOB_NOT_FOUND, and for a job that loads nothing what `refusal` says of it. */
export function loadOf(
  jobs: Services['jobs'],
  number: number,
  refusal: (number: number) => LoadstoneError,
): JobSummary {
  const job = jobs.get(number);
  if (job.kind === 'load') return job;
  throw refusal(number);
}
