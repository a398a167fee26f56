import type { RejectRow } from '#contract/api/reject-pages';
import type { ConnectionTarget } from '#contract/connection';
import type { RejectedLoad } from '#contract/worker-messages';
import type { ServerSession } from '#engine/door';
import type { AuditNote } from '#host/audit/audit-trail';
import type { JobRecord } from '#host/job-host';
import { type CliContext, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { reachSaved, withHost } from '../open-host.ts';
import type { RejectsOptions } from '../options/common.ts';
import { usage } from '../options/values.ts';
import { counted } from '../render/numbers.ts';
import { noteExport } from './note-export.ts';
import { writeCsvOut } from './rejects-csv.ts';
import { writeJsonOut } from './rejects-json.ts';
import { writeRejectLines } from './rejects-lines.ts';

interface Rejects {
  readonly job: JobRecord;
  readonly load: RejectedLoad;
  readonly target: ConnectionTarget;
}

/** `loadstone rejects`: streamed from the target database, however many there are. */
export async function runRejects(context: CliContext, number: number, options: RejectsOptions): Promise<number> {
  assertOneAnswer(options);
  const rejects = await findRejects(context, number, options);
  if (options.groupBy !== undefined) return tellGroups(context, rejects, options);
  if (options.record !== undefined) return tellRecord(context, rejects, options);
  const entries = await readEntries(context, rejects, options);
  if (options.out !== undefined) return writeCsv(context, rejects.job, entries, { ...options, out: options.out });
  if (options.json) {
    const { code, total } = await writeJsonOut(context, number, entries);
    await noteExport(context, options, exportedNote(rejects.job, '-', total));
    return code;
  }
  const total = await writeRejectLines(context.terminal, entries);
  if (total !== null) context.terminal.err(closing(number, total));
  return EXIT.done;
}

function assertOneAnswer({ json, out, groupBy, record }: RejectsOptions): void {
  if (json && out === '-') {
    throw usage('--json and "--out -" both write to standard output.', 'Leave one of them out.');
  }
  const asked = [
    ...(out === undefined ? [] : ['--out']),
    ...(groupBy === undefined ? [] : ['--group-by']),
    ...(record === undefined ? [] : ['--record']),
  ];
  if (asked.length > 1) throw usage(`${asked.join(' and ')} do not go together.`, 'Leave one of them out.');
}

function closing(number: number, total: number): string {
  if (total === 0) return `Job ${number} has no rejects.\n`;
  return `${counted(total, 'reject')}. "loadstone rejects ${number} --out rejects.csv" writes them as CSV.\n`;
}

async function findRejects(context: CliContext, number: number, options: RejectsOptions): Promise<Rejects> {
  const { job } = await withHost(context, options, {}, async (host) => host.showJob(number));
  if (job.kind !== 'load') throw usage(`Job ${number} created or altered tables: it read no rows.`, 'Name a load.');
  const { rejectedLoad } = await import('#host/jobs/retry-order');
  const target = await reachSaved(context, job.spec.connection);
  return { job, load: rejectedLoad(job), target };
}

async function readEntries(
  context: CliContext,
  { load: { loadId }, target }: Rejects,
  { limit, state }: RejectsOptions,
): Promise<AsyncIterable<RejectRow>> {
  const { signal } = context.interrupts;
  const { readRejects } = await import('#engine/door');
  return readRejects({ target, loadId, signal, limit, ...(state !== undefined && { filter: { state } }) });
}

async function tellGroups(
  context: CliContext,
  { load: { loadId }, target }: Rejects,
  { groupBy: by = 'code', state, json }: RejectsOptions,
): Promise<number> {
  const { groupRejects } = await import('#engine/door');
  const { signal } = context.interrupts;
  const request = { loadId, by, filter: state === undefined ? {} : { state } };
  const groups = await asked(target, (session) => groupRejects(session, request, { signal }));
  if (json) await printJson(context, groups);
  else {
    const { renderGroups } = await import('../render/reject-groups.ts');
    await context.terminal.out(renderGroups(groups, by));
  }
  return EXIT.done;
}

async function tellRecord(
  context: CliContext,
  { load, target }: Rejects,
  { record = { file: 0, sequence: 0 }, json }: RejectsOptions,
): Promise<number> {
  const { readRejectedRecord } = await import('#engine/door');
  const { signal } = context.interrupts;
  const view = await asked(target, (session) => readRejectedRecord(session, { load, record, signal }));
  if (json) await printJson(context, view);
  else {
    const { renderRecord } = await import('../render/record.ts');
    await context.terminal.out(renderRecord(view));
  }
  return EXIT.done;
}

async function asked<T>(target: ConnectionTarget, ask: (session: ServerSession) => Promise<T>): Promise<T> {
  const { DirectSession } = await import('#engine/door');
  const session = new DirectSession(target);
  return ask(session).finally(() => session.close());
}

function exportedNote({ number, loadId, spec: { connection } }: JobRecord, to: string, total: number): AuditNote {
  return { action: 'rejects_exported', job: number, loadId, connection, counts: { rejects: total }, facts: { to } };
}

async function writeCsv(
  context: CliContext,
  job: JobRecord,
  entries: AsyncIterable<RejectRow>,
  options: RejectsOptions & { readonly out: string },
): Promise<number> {
  const { out, json } = options;
  const { writeRejectsFile } = await import('#engine/door');
  const total = out === '-' ? await writeCsvOut(context.terminal, entries) : await writeRejectsFile(out, entries);
  await noteExport(context, options, exportedNote(job, out, total));
  if (json) await printJson(context, { job: String(job.number), out, total });
  else if (out !== '-') context.terminal.err(`${counted(total, 'reject')} written to ${out}.\n`);
  return EXIT.done;
}
