import type { JobDetail } from '#contract/api/job-views';
import type { JobRecord } from '../jobs/job-record.ts';
import { undoKept } from '../undo-kept.ts';
import { commandLine, retryCommandLine, tablesCommandLine } from './command-line.ts';
import { mappingArgument, resolutionsArgument, scriptArgument } from './mapping-argument.ts';
import type { Services } from './services.ts';

/** All that is stored of one job. @throws JOB_NOT_FOUND */
export function jobDetail(services: Services, number: number): JobDetail {
  const { host, jobs } = services;
  const { job, events } = host.showJob(number);
  const { schema = null, mapping } = job.spec;
  const undo = undoKept(job, events, host.undoDays);
  return {
    ...{ job: jobs.get(number), error: job.error, events: [...events], command: commandOf(services, job) },
    ...outcomeOf(job),
    ...(undo !== undefined && { undo }),
    naming: { schema, quoteNames: mapping.quoteNames },
  };
}

function outcomeOf(job: JobRecord): Pick<JobDetail, 'report' | 'tables'> {
  if (job.kind === 'load') return { report: job.report };
  const { policy, ddl = null } = job.spec;
  return { report: null, tables: { policy, ddl, report: job.report } };
}

function commandOf({ jobs, connections, options: { home } }: Services, { kind, spec }: JobRecord): string {
  const names = {
    mapping: mappingArgument(home, spec.mapping),
    savedAs: connections.nameOf(spec.connection),
    platform: process.platform,
  };
  if (kind === 'load') {
    const { mapping, resolutions } = spec;
    const retried = spec.retry === undefined ? undefined : jobs.ofOrder(spec.retry.loadId);
    if (retried !== undefined) return retryCommandLine(spec, retried.number, names);
    return commandLine(spec, names, resolutions && resolutionsArgument(home, mapping, resolutions));
  }
  const { mapping, ddl } = spec;
  return tablesCommandLine(spec, names, ddl === undefined ? undefined : scriptArgument(home, mapping, ddl));
}
