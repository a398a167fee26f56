import type { JobDetail } from '#contract/api/job-views';
import { commandLine } from './command-line.ts';
import { mappingArgument } from './mapping-argument.ts';
import type { Services } from './services.ts';

/** All that is stored of one job. @throws JOB_NOT_FOUND */
export function jobDetail(services: Services, number: number): JobDetail {
  const { host, jobs, connections, options } = services;
  const { job, events } = host.showJob(number);
  const command = commandLine(job.spec, {
    mapping: mappingArgument(options.home, job.spec.mapping),
    savedAs: connections.nameOf(job.spec.connection),
    platform: process.platform,
  });
  const { schema = null, mapping } = job.spec;
  return {
    ...{ job: jobs.get(number), report: job.report, error: job.error, events: [...events], command },
    naming: { schema, quoteNames: mapping.quoteNames },
  };
}
