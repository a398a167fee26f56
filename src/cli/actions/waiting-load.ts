import { LoadstoneError } from '#contract/errors';
import type { LoadSpec } from '#contract/load';
import type { ServerSession } from '#engine/door';
import type { Host } from '#host/job-host';
import type { CliContext } from '../context.ts';
import { reachSaved } from '../open-host.ts';
import { usage } from '../options/values.ts';

export interface WaitingLoad {
  readonly session: ServerSession;
  readonly loadId: string;
  readonly signal: AbortSignal;
}

/**
 * Works with what a load has staged, over a connection of its own. A job whose staged rows are gone waits for nothing
 * any more.
 * @throws LoadstoneError JOB_NOT_FOUND, USAGE for a job that loads nothing, REVIEW_GONE; what the work throws.
 */
export async function withWaitingLoad<Result>(
  context: CliContext,
  host: Host,
  number: number,
  work: (load: WaitingLoad) => Promise<Result>,
): Promise<Result> {
  const { job } = host.showJob(number);
  if (job.kind !== 'load') throw usage(`Job ${number} created or altered tables: it has no conflicts.`, 'Name a load.');
  const session = await sessionOf(context, job.spec);
  try {
    return await work({ session, loadId: job.loadId, signal: context.interrupts.signal });
  } catch (error) {
    const isGone = error instanceof LoadstoneError && error.code === 'REVIEW_GONE';
    if (isGone && job.review !== null) host.forgetReview(number, job.review.id);
    throw error;
  } finally {
    await session.close();
  }
}

async function sessionOf(context: CliContext, { connection }: LoadSpec) {
  const { DirectSession } = await import('#engine/door');
  return new DirectSession(await reachSaved(context, connection));
}
