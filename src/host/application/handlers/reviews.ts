import { LoadstoneError } from '#contract/errors';
import type { InquiryKind, TaskOf, TaskResults } from '#contract/worker-messages';
import { nothingReviewed } from '#host/jobs/job-errors';
import { reviewIdOf } from '#host/jobs/job-review';
import type { Api } from '../api.ts';
import type { Services } from '../services.ts';
import { writeJsonFile } from '../write-json-file.ts';
import { loadOf } from './job-of-load.ts';
import { writablePath } from './paths.ts';

export function reviewHandlers({ reviews: api }: Api, services: Services) {
  const { jobs, host } = services;
  return {
    get: api.get.handler(({ input: { job }, signal }) => {
      const { loadId, connection } = loadOf(jobs, job, nothingReviewed);
      return askFor<'review.read'>(services, job, { kind: 'review.read', connection, loadId }, signal);
    }),
    page: api.page.handler(({ input: { job, request }, signal }) => {
      const { loadId, connection } = loadOf(jobs, job, nothingReviewed);
      const task = { kind: 'review.page', connection, request: { ...request, loadId } } as const;
      return askFor<'review.page'>(services, job, task, signal);
    }),
    duplicates: api.duplicates.handler(({ input: { job, request }, signal }) => {
      const { loadId, connection } = loadOf(jobs, job, nothingReviewed);
      const task = { kind: 'review.duplicates', connection, request: { ...request, loadId } } as const;
      return askFor<'review.duplicates'>(services, job, task, signal);
    }),
    // A window that is closed meanwhile does not stop it: the answer is lost, what was decided is kept.
    resolve: api.resolve.handler(async ({ input: { job, ...request } }) => {
      const { loadId, connection } = loadOf(jobs, job, nothingReviewed);
      const task = { kind: 'review.resolve', connection, request: { ...request, loadId } } as const;
      const review = await askFor<'review.resolve'>(services, job, task, undefined);
      host.resolved(job, review);
      return review;
    }),
    write: api.write.handler(async ({ input: { path, resolutions } }) => {
      await writeJsonFile(writablePath(services, path), resolutions);
      return null;
    }),
  };
}

/** @throws RESOLUTIONS_STALE when what shall become of the load's conflicts is no longer what was seen. */
export async function assertSeen(services: Services, job: number, revision: number | undefined): Promise<void> {
  if (revision === undefined) return;
  const { loadId, connection } = loadOf(services.jobs, job, nothingReviewed);
  const task = { kind: 'review.revision', connection, loadId } as const;
  if ((await askFor<'review.revision'>(services, job, task, undefined)) === revision) return;
  throw new LoadstoneError({
    code: 'RESOLUTIONS_STALE',
    message: `What shall become of the conflicts of job ${job} was changed elsewhere meanwhile. Nothing was merged.`,
    remedy: 'Look at it as it is now, then decide again.',
  });
}

/** A job whose staged rows are gone waits for nothing: a resume stages them anew. */
async function askFor<K extends InquiryKind>(
  { inquiries, host }: Services,
  job: number,
  task: TaskOf<K>,
  signal: AbortSignal | undefined,
): Promise<TaskResults[K]> {
  const reviewId = reviewIdOf(host.showJob(job).job);
  try {
    return await inquiries.ask<K>(task, { signal });
  } catch (error) {
    const isGone = error instanceof LoadstoneError && error.code === 'REVIEW_GONE';
    if (isGone && reviewId !== undefined) host.forgetReview(job, reviewId);
    throw error;
  }
}
