import type { RejectEntry } from '#contract/rejects';
import type { JobRecord } from '#host/job-host';
import { type CliContext, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { withHost } from '../open-host.ts';
import type { RejectsOptions } from '../options/common.ts';
import { reach } from '../options/target.ts';
import { usage } from '../options/values.ts';
import { counted } from '../render/numbers.ts';
import { writeCsvOut } from './rejects-csv.ts';
import { writeJsonOut } from './rejects-json.ts';
import { writeRejectLines } from './rejects-lines.ts';

/** `loadstone rejects`: streamed from the target database, however many there are. */
export async function runRejects(context: CliContext, number: number, options: RejectsOptions): Promise<number> {
  if (options.json && options.out === '-') {
    throw usage('--json and "--out -" both write to standard output.', 'Leave one of them out.');
  }
  const { job, entries } = await readEntries(context, number, options);
  if (options.out !== undefined) return writeCsv(context, job, entries, { ...options, out: options.out });
  if (options.json) return writeJsonOut(context, number, entries);
  const total = await writeRejectLines(context.terminal, entries);
  if (total !== null) context.terminal.err(closing(number, total));
  return EXIT.done;
}

function closing(number: number, total: number): string {
  if (total === 0) return `Job ${number} has no rejects.\n`;
  return `${counted(total, 'reject')}. "loadstone rejects ${number} --out rejects.csv" writes them as CSV.\n`;
}

async function readEntries(
  context: CliContext,
  number: number,
  options: RejectsOptions,
): Promise<{ readonly job: JobRecord; readonly entries: AsyncIterable<RejectEntry> }> {
  const { job } = await withHost(context, options, {}, async (host) => host.showJob(number));
  if (job.kind !== 'load') throw usage(`Job ${number} created or altered tables: it read no rows.`, 'Name a load.');
  const { signal } = context.interrupts;
  const target = await reach({ ref: job.spec.connection }, context.env, signal);
  const { readRejects } = await import('#engine/door');
  const limit = options.limit === undefined ? {} : { limit: options.limit };
  return { job, entries: readRejects({ target, loadId: job.loadId, signal, ...limit }) };
}

async function writeCsv(
  context: CliContext,
  { number, loadId, spec: { connection } }: JobRecord,
  entries: AsyncIterable<RejectEntry>,
  options: RejectsOptions & { readonly out: string },
): Promise<number> {
  const { out, json } = options;
  const { writeRejectsFile } = await import('#engine/door');
  const total = out === '-' ? await writeCsvOut(context.terminal, entries) : await writeRejectsFile(out, entries);
  await withHost(context, options, {}, async ({ audit }) =>
    audit.add({
      action: 'rejects_exported',
      job: number,
      loadId,
      connection,
      counts: { rejects: total },
      facts: { to: out },
    }),
  );
  if (json) await printJson(context, { job: String(number), out, total });
  else if (out !== '-') context.terminal.err(`${counted(total, 'reject')} written to ${out}.\n`);
  return EXIT.done;
}
