import type { RejectRow } from './api/reject-pages.ts';
import { csvLine, writeCsvLines } from './csv-text.ts';

/** The last two say which record it is: the number of its file in the load, and its own in the file. */
export const REJECTS_HEADER = 'file,line,table,path,column,value,code,message,file_id,record\r\n';

/** @returns one reject as a CSV line. */
export function rejectLine(reject: RejectRow): string {
  const { path, line, table, field: from, column, value, code, message, file, sequence } = reject;
  const texts = [path, String(line), table, from ?? '', column ?? '', value ?? '', code, message];
  return csvLine([...texts, String(file), String(sequence)]);
}

/**
 * Gathers rejects as CSV into pieces; `write` says whether to go on.
 * @param start stands before the header
 * @returns how many were written
 */
export function writeRejectsCsv(
  entries: AsyncIterable<RejectRow>,
  write: (text: string) => Promise<boolean>,
  start = '',
): Promise<number> {
  return writeCsvLines(linesOf(entries), write, start + REJECTS_HEADER);
}

async function* linesOf(entries: AsyncIterable<RejectRow>): AsyncGenerator<string> {
  for await (const entry of entries) yield rejectLine(entry);
}
