import type { AuditEntry } from './audit.ts';
import { csvLine, writeCsvLines } from './csv-text.ts';

const COLUMNS = [
  ...['id', 'at', 'user', 'host', 'program', 'action', 'job', 'load', 'connection', 'counts'],
  ...['files', 'bytes', 'digest', 'facts', 'database_user', 'client_address', 'application'],
];

function auditLine(entry: AuditEntry): string {
  const { id, at, user, host, program, action, job, loadId, connection, counts, files, facts, session } = entry;
  const numbers = Object.entries(counts).map(([name, count]) => `${name}=${count}`);
  return csvLine([
    ...[id, at, user, host, program ?? '', action, text(job), loadId ?? '', connection ?? '', numbers.join('; ')],
    ...[text(files?.count), text(files?.bytes), files?.digest ?? '', factsText(facts)],
    ...[session?.user ?? '', session?.address ?? '', session?.application ?? ''],
  ]);
}

function text(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

function factsText(facts: AuditEntry['facts']): string {
  return Object.keys(facts).length === 0 ? '' : JSON.stringify(facts);
}

/** Gathers entries as CSV into pieces, as rejects are. @returns how many were written */
export function writeAuditCsv(
  entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
  write: (text: string) => Promise<boolean>,
  start = '',
): Promise<number> {
  return writeCsvLines(linesOf(entries), write, start + csvLine(COLUMNS));
}

async function* linesOf(entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>): AsyncGenerator<string> {
  for await (const entry of entries) yield auditLine(entry);
}
