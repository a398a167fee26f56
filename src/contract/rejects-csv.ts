import { csvLine, writeCsvLines } from './csv-text.ts';
import type { RejectEntry } from './rejects.ts';

export const REJECTS_HEADER = 'file,line,table,path,column,value,code,message\r\n';

/** @returns one reject as a CSV line. */
export function rejectLine(reject: RejectEntry): string {
  const { path, line, table, field: from, column, value, code, message } = reject;
  return csvLine([path, String(line), table, from ?? '', column ?? '', value ?? '', code, message]);
}

/**
 * Gathers rejects as CSV into pieces; `write` says whether to go on.
 * @param start stands before the header
 * @returns how many were written
 */
export function writeRejectsCsv(
  entries: AsyncIterable<RejectEntry>,
  write: (text: string) => Promise<boolean>,
  start = '',
): Promise<number> {
  return writeCsvLines(linesOf(entries), write, start + REJECTS_HEADER);
}

async function* linesOf(entries: AsyncIterable<RejectEntry>): AsyncGenerator<string> {
  for await (const entry of entries) yield rejectLine(entry);
}
