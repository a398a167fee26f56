import type { AuditFilter } from '#contract/api/audit';
import type { AuditEntry } from '#contract/audit';
import { writeAuditCsv } from '#contract/audit-csv';
import type { ConnectionRef } from '#contract/connection';
import { connectionText } from '#contract/connection-text';
import type { AuditNote } from '#host/audit/audit-trail';
import { type CliContext, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { withHost } from '../open-host.ts';
import type { AuditOptions } from '../options/common.ts';
import { type ChosenServer, reach, serverFrom } from '../options/target.ts';
import { usage } from '../options/values.ts';
import { renderAudit } from '../render/audit.ts';
import { counted } from '../render/numbers.ts';
import { writeJsonList } from './json-list.ts';
import { noteExport } from './note-export.ts';

/** As much as is read at a terminal. */
const SHOWN = 50;

/** `loadstone audit`: this computer's log, or a target's. */
export async function runAudit(context: CliContext, options: AuditOptions): Promise<number> {
  if (options.json && options.out === '-') {
    throw usage('--json and "--out -" both write to standard output.', 'Leave one of them out.');
  }
  const server = options.to === undefined ? null : await chosen(options.to, context);
  if (server === null) {
    return withHost(context, options, {}, (host) =>
      write(context, options, null, host.audit.entries(filterOf(options))),
    );
  }
  return write(context, options, server.ref, await targetEntries(context, options, server));
}

function chosen(to: string, context: CliContext): Promise<ChosenServer> {
  return serverFrom(to === 'embedded' ? undefined : to, context);
}

function filterOf({ action, since, text }: AuditOptions): AuditFilter {
  return { ...(action && { action }), ...(since && { from: since }), ...(text && { text }) };
}

async function targetEntries(context: CliContext, options: AuditOptions, server: ChosenServer) {
  const { signal } = context.interrupts;
  const target = await reach(server, context.env, signal);
  const { readAudit } = await import('#engine/door');
  return readAudit({ target, connection: server.ref, filter: filterOf(options), signal });
}

type Entries = AsyncIterable<AuditEntry> | Iterable<AuditEntry>;

async function write(
  context: CliContext,
  options: AuditOptions,
  connection: ConnectionRef | null,
  entries: Entries,
): Promise<number> {
  const { out, json } = options;
  const most = options.limit ?? (out === undefined && !json ? SHOWN : Number.POSITIVE_INFINITY);
  const wanted = first(entries, most);
  if (out !== undefined) return writeCsv(context, options, connection, wanted, out);
  const source = connection === null ? 'ledger' : connectionText(connection);
  if (json) {
    const { code, total } = await writeJsonList(context, { head: { source }, name: 'entries' }, wanted);
    await noteExport(context, options, exportedNote(options, connection, { to: '-', total }));
    return code;
  }
  const shown: AuditEntry[] = [];
  for await (const entry of wanted) shown.push(entry);
  if (shown.length === 0) context.terminal.err('Nothing of this kind has happened.\n');
  else await context.terminal.out(renderAudit(shown));
  return EXIT.done;
}

function exportedNote(
  options: AuditOptions,
  connection: ConnectionRef | null,
  { to, total }: { readonly to: string; readonly total: number },
): AuditNote {
  const facts = { ...filterOf(options), to, of: connection === null ? 'ledger' : 'target' };
  return { action: 'audit_exported', counts: { entries: total }, facts, ...(connection && { connection }) };
}

async function* first(entries: Entries, most: number): AsyncGenerator<AuditEntry> {
  let left = most;
  for await (const entry of entries) {
    yield entry;
    left -= 1;
    if (left <= 0) return;
  }
}

async function writeCsv(
  context: CliContext,
  options: AuditOptions,
  connection: ConnectionRef | null,
  entries: AsyncIterable<AuditEntry>,
  out: string,
): Promise<number> {
  const { terminal } = context;
  const { writeAuditFile } = await import('#engine/door');
  const total =
    out === '-' ? await writeAuditCsv(entries, (text) => terminal.out(text)) : await writeAuditFile(out, entries);
  await noteExport(context, options, exportedNote(options, connection, { to: out, total }));
  if (options.json) await printJson(context, { out, total });
  else if (out !== '-') terminal.err(`${counted(total, 'entry', 'entries')} written to ${out}.\n`);
  return EXIT.done;
}
