import type { AuditFilter, AuditPage } from '#contract/api/audit';
import { writeAuditCsv } from '#contract/audit-csv';
import type { ConnectionRef } from '#contract/connection';
import type { Api } from '../api.ts';
import { newExport } from '../exports.ts';
import { noteDone } from '../note-done.ts';
import type { Services } from '../services.ts';
import { writeWhole } from '../write-whole.ts';
import { writablePath } from './paths.ts';

/** Spreadsheets read UTF-8 only with it. */
const BYTE_ORDER_MARK = '\uFEFF';

export function auditHandlers({ audit: api }: Api, services: Services) {
  const { host, jobs, inquiries, options } = services;
  return {
    page: api.page.handler(({ input: { request } }) => host.audit.page(request)),
    target: api.target.handler(async ({ input: { connection, request }, signal }) => {
      const task = { kind: 'audit.page', connection, request } as const;
      return withJobs(services, await inquiries.ask<'audit.page'>(task, { signal }));
    }),
    files: api.files.handler(({ input: { place, request }, signal }) => {
      const connection = 'job' in place ? jobs.get(place.job).connection : place.connection;
      return inquiries.ask<'audit.files'>({ kind: 'audit.files', connection, request }, { signal });
    }),
    export: api.export.handler(async ({ input: { connection, filter, path }, signal }) => {
      const file = path === undefined ? await newExport(options.home, 'audit') : writablePath(services, path);
      const rows =
        connection === undefined
          ? await writeOwn(services, file, filter)
          : await inquiries.ask<'audit.export'>({ kind: 'audit.export', connection, filter, path: file }, { signal });
      noteDone(services, exportedNote(connection, filter, rows, path));
      const download = path === undefined ? options.shell.offerDownload(file, 'audit.csv') : null;
      return download === null ? { rows, path: file } : { rows, download };
    }),
  };
}

/** A load that was ordered here has a job here. */
function withJobs({ jobs }: Services, page: AuditPage): AuditPage {
  const entries = page.entries.map((entry) =>
    entry.loadId === null ? entry : { ...entry, job: jobs.numberOf(entry.loadId) ?? null },
  );
  return { ...page, entries };
}

function writeOwn({ host }: Services, file: string, filter: AuditFilter): Promise<number> {
  return writeWhole(file, (write) => writeAuditCsv(host.audit.entries(filter), write, BYTE_ORDER_MARK));
}

function exportedNote(
  connection: ConnectionRef | undefined,
  filter: AuditFilter,
  entries: number,
  path: string | undefined,
) {
  return {
    action: 'audit_exported' as const,
    counts: { entries },
    facts: { ...filter, to: path ?? 'download', of: connection === undefined ? 'ledger' : 'target' },
    ...(connection && { connection }),
  };
}
