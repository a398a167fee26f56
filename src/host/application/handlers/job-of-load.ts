import type { Services } from '../services.ts';

/** The number of a load's job, where it is one of this home's. */
export function jobOf(jobs: Services['jobs'], loadId: string): { readonly job?: number } {
  const number = jobs.ofOrder(loadId)?.number;
  return number === undefined ? {} : { job: number };
}
