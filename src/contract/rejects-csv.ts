import type { RejectRow } from './api/reject-pages.ts';

/** The last two say which record it is: the number of its file in the load, and its own in the file. */
export const REJECTS_HEADER = 'file,line,table,path,column,value,code,message,file_id,record\r\n';

/** What a spreadsheet takes for a formula when a cell begins with it. */
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[+-]?[\d., ]+$/;

/**
 * A cell that a spreadsheet would run gets an apostrophe in front; numbers stay. One apostrophe taken from the front of
 * such a cell gives back the value exactly, also where the value itself began with apostrophes.
 */
function disarm(value: string): string {
  return FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
}

/** @returns the value that was written into a cell, or what somebody wrote there himself. */
export function withoutGuard(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** One field as RFC 4180 writes it. */
function field(value: string): string {
  const safe = disarm(value);
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @returns one reject as a CSV line. */
export function rejectLine(reject: RejectRow): string {
  const { path, line, table, field: from, column, value, code, message, file, sequence } = reject;
  const texts = [path, String(line), table, from ?? '', column ?? '', value ?? '', code, message];
  return `${[...texts, String(file), String(sequence)].map(field).join(',')}\r\n`;
}

/** Lines are written in pieces of about this many characters. */
const PIECE = 64 * 1024;

/**
 * Gathers rejects as CSV into pieces; `write` says whether to go on.
 * @param start stands before the header
 * @returns how many were written
 */
export async function writeRejectsCsv(
  entries: AsyncIterable<RejectRow>,
  write: (text: string) => Promise<boolean>,
  start = '',
): Promise<number> {
  let text = start + REJECTS_HEADER;
  let written = 0;
  for await (const entry of entries) {
    text += rejectLine(entry);
    written += 1;
    if (text.length < PIECE) continue;
    if (!(await write(text))) return written;
    text = '';
  }
  await write(text);
  return written;
}
