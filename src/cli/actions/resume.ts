import type { JobHandle, LoadOutcome, TablesOutcome } from '#host/job-host';
import type { CliContext } from '../context.ts';
import { withHost } from '../open-host.ts';
import type { ResumeOptions } from '../options/common.ts';
import { followLoad } from './follow-load.ts';
import { followTables } from './follow-tables.ts';

export async function runJobsResume(context: CliContext, job: number, options: ResumeOptions): Promise<number> {
  const json = options.json === true;
  return withHost(context, options, { pool: options.pool }, (host) => {
    const { job: record } = host.showJob(job);
    const handle = host.resume(job);
    // A job's handle is of the job's kind.
    return record.kind === 'load'
      ? followLoad(context, handle as JobHandle<LoadOutcome>, { json, dryRun: record.spec.dryRun })
      : followTables(context, handle as JobHandle<TablesOutcome>, { json });
  });
}
