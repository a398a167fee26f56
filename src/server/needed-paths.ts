import { createRouterClient } from '@orpc/server';
import { type JobState, RESUMABLE_STATES } from '#contract/jobs';
import type { Application } from '#host/application/application';

const PAGE = 200;
const NEEDING: readonly JobState[] = ['queued', 'running', 'cancelling', ...RESUMABLE_STATES];

/** The paths of all jobs that read files now or may do so again. */
export async function neededPaths(router: Application['router']): Promise<readonly string[]> {
  const { jobs } = createRouterClient(router, { context: {} });
  const paths: string[] = [];
  let before: number | undefined;
  for (;;) {
    const page = await jobs.list({ states: [...NEEDING], limit: PAGE, ...(before !== undefined && { before }) });
    paths.push(...page.jobs.flatMap((job) => job.paths));
    before = page.jobs.at(-1)?.number;
    if (page.jobs.length < PAGE) return paths;
  }
}
