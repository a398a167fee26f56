import type { CliContext } from '../context.ts';
import { withHost } from '../open-host.ts';
import type { ResumeOptions } from '../options/common.ts';
import { followLoad } from './follow-load.ts';

export async function runJobsResume(context: CliContext, job: number, options: ResumeOptions): Promise<number> {
  return withHost(context, options, { pool: options.pool }, (host) => {
    const { dryRun } = host.showJob(job).job.spec;
    return followLoad(context, host.resume(job), { json: options.json === true, dryRun });
  });
}
