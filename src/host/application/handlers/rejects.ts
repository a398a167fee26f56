import type { JobSummary } from '#contract/api/job-views';
import { noRejects } from '#host/jobs/job-errors';
import type { Api } from '../api.ts';
import { newExport } from '../exports.ts';
import type { Services } from '../services.ts';
import { writablePath } from './paths.ts';

export function rejectHandlers({ rejects: api }: Api, services: Services) {
  const { jobs, inquiries, host } = services;
  return {
    page: api.page.handler(({ input: { job, request }, signal }) => {
      const { loadId, connection } = loadOf(jobs, job);
      return inquiries.ask<'rejects.page'>(
        { kind: 'rejects.page', connection, request: { ...request, loadId } },
        { signal },
      );
    }),
    export: api.export.handler(async ({ input: { job, filter, path }, signal }) => {
      const { loadId, connection } = loadOf(jobs, job);
      const file =
        path === undefined ? await newExport(services.options.home, 'rejects') : writablePath(services, path);
      const task = { kind: 'rejects.export', connection, loadId, filter, path: file } as const;
      const rows = await inquiries.ask<'rejects.export'>(task, { signal });
      const facts = { ...filter, to: path ?? 'download' };
      host.audit.add({ action: 'rejects_exported', job, loadId, connection, counts: { rejects: rows }, facts });
      const download =
        path === undefined ? services.options.shell.offerDownload(file, `rejects-of-job-${job}.csv`) : null;
      return download === null ? { rows, path: file } : { rows, download };
    }),
  };
}

/** @throws JOB_NOT_FOUND, JOB_STATE for a job that loads nothing */
export function loadOf(jobs: Services['jobs'], number: number): JobSummary {
  const job = jobs.get(number);
  if (job.kind === 'load') return job;
  throw noRejects(number);
}
