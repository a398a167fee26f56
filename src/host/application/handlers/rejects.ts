import type { RejectRow } from '#contract/api/reject-pages';
import type { AuditNote } from '#host/audit/audit-trail';
import { loadRecord, rejectedLoad, retryOrder } from '#host/jobs/retry-order';
import type { Api } from '../api.ts';
import { newExport } from '../exports.ts';
import { noteDone } from '../note-done.ts';
import type { Services } from '../services.ts';
import { admitPaths, writablePath } from './paths.ts';

export function rejectHandlers({ rejects: api }: Api, services: Services) {
  const { inquiries, options, leaving } = services;
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
    // A window that is closed meanwhile does not stop corrections: what is kept has to be told of.
    correct: api.correct.handler(async ({ input: { job, corrections } }) => {
      leaving.throwIfAborted();
      const { connection, load, about } = rejectsOf(services, job);
      const task = { kind: 'rejects.correct', connection, load, corrections } as const;
      const corrected = await inquiries.ask<'rejects.correct'>(task);
      noteCorrections(services, about, corrected.filter(({ refused }) => refused === undefined).length);
      return told(services, job, corrected);
    }),
    correctAll: api.correctAll.handler(async ({ input: { job, request } }) => {
      leaving.throwIfAborted();
      const { connection, load, about } = rejectsOf(services, job);
      const task = { kind: 'rejects.correctAll', connection, load, request } as const;
      const rows = await inquiries.ask<'rejects.correctAll'>(task);
      noteCorrections(services, about, rows);
      return told(services, job, { rows });
    }),
    importCorrections: api.importCorrections.handler(async ({ input: { job, path } }) => {
      const { connection, load, about } = rejectsOf(services, job);
      await admitPaths(options.shell, [path]);
      leaving.throwIfAborted();
      const task = { kind: 'rejects.import', connection, load, path } as const;
      const imported = await inquiries.ask<'rejects.import'>(task);
      noteCorrections(services, about, imported.corrected, { from: path });
      return told(services, job, imported);
    }),
    order: api.order.handler(({ input: { job } }) => retryOrder(loadRecord(services.host.showJob(job).job))),
    export: api.export.handler(async ({ input: { job, filter, path }, signal }) => {
      const { loadId, connection } = rejectsOf(services, job);
      const file = path === undefined ? await newExport(options.home, 'rejects') : writablePath(services, path);
      const task = { kind: 'rejects.export', connection, loadId, filter, path: file } as const;
      const rows = await inquiries.ask<'rejects.export'>(task, { signal });
      const facts = { ...filter, to: path ?? 'download' };
      noteDone(services, { action: 'rejects_exported', job, loadId, connection, counts: { rejects: rows }, facts });
      const download = path === undefined ? options.shell.offerDownload(file, `rejects-of-job-${job}.csv`) : null;
      return download === null ? { rows, path: file } : { rows, download };
    }),
  };
}

type About = Pick<AuditNote, 'job' | 'loadId' | 'connection'>;

function noteCorrections(services: Services, about: About, corrections: number, facts: AuditNote['facts'] = {}): void {
  if (corrections === 0) return;
  noteDone(services, { action: 'corrections_kept', ...about, counts: { corrections }, facts });
}

/** Where a job's rejects are. @throws JOB_NOT_FOUND, JOB_STATE for a job that loads nothing */
function rejectsOf({ host }: Services, number: number) {
  const record = loadRecord(host.showJob(number).job);
  const load = rejectedLoad(record);
  const { connection } = record.spec;
  const about: About = { job: number, loadId: record.loadId, connection };
  return { load, loadId: load.loadId, connection, about };
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
