import { createRouterClient } from '@orpc/server';
import type { JobSummary } from '#contract/api/job-views';
import { type JobState, RESUMABLE_STATES } from '#contract/jobs';
import type { Application } from '#host/application/application';

const PAGE = 200;
const NEEDING: readonly JobState[] = ['queued', 'running', 'cancelling', ...RESUMABLE_STATES, 'succeeded_with_rejects'];
/** How long the files of a load stay so that its rejects can be corrected and loaded. */
const REJECTS_KEPT_MS = 30 * 24 * 60 * 60_000;

/** The paths of all jobs that read files now or may do so again. */
export async function neededPaths(router: Application['router']): Promise<readonly string[]> {
  const { jobs } = createRouterClient(router, { context: {} });
  const paths: string[] = [];
  const now = Date.now();
  let before: number | undefined;
  for (;;) {
    const page = await jobs.list({ states: [...NEEDING], limit: PAGE, ...(before !== undefined && { before }) });
    paths.push(...page.jobs.flatMap((job) => (needsFiles(job, now) ? job.paths : [])));
    before = page.jobs.at(-1)?.number;
    if (page.jobs.length < PAGE) return paths;
  }
}

function needsFiles({ state, dryRun, endedAt }: JobSummary, now: number): boolean {
  if (state !== 'succeeded_with_rejects') return true;
  return !dryRun && endedAt !== null && now - Date.parse(endedAt) < REJECTS_KEPT_MS;
}
