import type { JobSummary } from '#contract/api/job-views';
import type { RejectRow } from '#contract/api/reject-pages';
import { noRejects } from '#host/jobs/job-errors';
import { loadRecord, rejectedLoad, retryOrder } from '#host/jobs/retry-order';
import type { Api } from '../api.ts';
import { newExport } from '../exports.ts';
import type { Services } from '../services.ts';
import { admitPaths, writablePath } from './paths.ts';

export function rejectHandlers({ rejects: api }: Api, services: Services) {
  const { inquiries, options, leaving, host } = services;
  return {
    page: api.page.handler(async ({ input: { job, request }, signal }) => {
      const { loadId, connection } = rejectsOf(services, job);
      const task = { kind: 'rejects.page', connection, request: { ...request, loadId } } as const;
      const page = await inquiries.ask<'rejects.page'>(task, { signal });
      return { ...page, entries: withJobs(services, page.entries) };
    }),
    groups: api.groups.handler(({ input: { job, request }, signal }) => {
      const { loadId, connection } = rejectsOf(services, job);
      const task = { kind: 'rejects.groups', connection, request: { ...request, loadId } } as const;
      return inquiries.ask<'rejects.groups'>(task, { signal });
    }),
    record: api.record.handler(async ({ input: { job, request }, signal }) => {
      const { connection, load } = rejectsOf(services, job);
      const { mapping = load.mapping, ...record } = request;
      const paths = await admitted(services, load.paths);
      const task = { kind: 'rejects.record', connection, load: { ...load, mapping, paths }, record } as const;
      const view = await inquiries.ask<'rejects.record'>(task, { signal });
      return { ...view, rejects: withJobs(services, view.rejects) };
    }),
    correct: api.correct.handler(async ({ input: { job, corrections }, signal }) => {
      leaving.throwIfAborted();
      const { connection, load } = rejectsOf(services, job);
      const task = { kind: 'rejects.correct', connection, load, corrections } as const;
      const corrected = await inquiries.ask<'rejects.correct'>(task, { signal });
      noteCorrections(services, job, corrected.filter(({ refused }) => refused === undefined).length);
      return told(services, job, corrected);
    }),
    correctAll: api.correctAll.handler(async ({ input: { job, request }, signal }) => {
      leaving.throwIfAborted();
      const { connection, load } = rejectsOf(services, job);
      const task = { kind: 'rejects.correctAll', connection, load, request } as const;
      const rows = await inquiries.ask<'rejects.correctAll'>(task, { signal });
      noteCorrections(services, job, rows);
      return told(services, job, { rows });
    }),
    importCorrections: api.importCorrections.handler(async ({ input: { job, path }, signal }) => {
      const { connection, load } = rejectsOf(services, job);
      await admitPaths(options.shell, [path]);
      leaving.throwIfAborted();
      const task = { kind: 'rejects.import', connection, load, path } as const;
      const imported = await inquiries.ask<'rejects.import'>(task, { signal });
      noteCorrections(services, job, imported.corrected, { from: path });
      return told(services, job, imported);
    }),
    order: api.order.handler(({ input: { job } }) => retryOrder(loadRecord(services.host.showJob(job).job))),
    export: api.export.handler(async ({ input: { job, filter, path }, signal }) => {
      const { loadId, connection } = rejectsOf(services, job);
      const file = path === undefined ? await newExport(options.home, 'rejects') : writablePath(services, path);
      const task = { kind: 'rejects.export', connection, loadId, filter, path: file } as const;
      const rows = await inquiries.ask<'rejects.export'>(task, { signal });
      const facts = { ...filter, to: path ?? 'download' };
      host.audit.add({ action: 'rejects_exported', job, loadId, connection, counts: { rejects: rows }, facts });
      const download = path === undefined ? options.shell.offerDownload(file, `rejects-of-job-${job}.csv`) : null;
      return download === null ? { rows, path: file } : { rows, download };
    }),
  };
}

function noteCorrections({ host }: Services, number: number, corrections: number, facts: object = {}): void {
  if (corrections === 0) return;
  const { loadId, spec } = loadRecord(host.showJob(number).job);
  const { connection } = spec;
  host.audit.add({
    action: 'corrections_kept',
    job: number,
    loadId,
    connection,
    counts: { corrections },
    facts: { ...facts },
  });
}

/** @throws JOB_NOT_FOUND, JOB_STATE for a job that loads nothing */
export function loadOf(jobs: Services['jobs'], number: number): JobSummary {
  const job = jobs.get(number);
  if (job.kind === 'load') return job;
  throw noRejects(number);
}

/** Where a job's rejects are. @throws JOB_NOT_FOUND, JOB_STATE for a job that loads nothing */
function rejectsOf({ host }: Services, number: number) {
  const record = loadRecord(host.showJob(number).job);
  const load = rejectedLoad(record);
  return { load, loadId: load.loadId, connection: record.spec.connection };
}

/** Lets other windows look at the rejects again. */
function told<Answer>({ events }: Services, job: number, answer: Answer): Answer {
  events.tell({ type: 'jobs', numbers: [job] });
  return answer;
}

/** Names the jobs that loaded what was rejected. */
function withJobs({ jobs }: Services, rows: readonly RejectRow[]): readonly RejectRow[] {
  const loads = new Set(rows.flatMap(({ fixedBy }) => fixedBy ?? []));
  const numbers = new Map([...loads].map((loadId) => [loadId, jobs.ofOrder(loadId)?.number]));
  return rows.map((row) => {
    const number = row.fixedBy === undefined ? undefined : numbers.get(row.fixedBy);
    return number === undefined ? row : { ...row, fixedIn: number };
  });
}

/** Those of a load's paths that may still be read. */
async function admitted({ options: { shell } }: Services, paths: readonly string[]): Promise<string[]> {
  const judged = paths.map((path) =>
    shell.admit([path]).then(
      () => [path],
      () => [],
    ),
  );
  return (await Promise.all(judged)).flat();
}
