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

export function csvLine(values: readonly string[]): string {
  return `${values.map(field).join(',')}\r\n`;
}

/** Lines are written in pieces of about this many characters. */
const PIECE = 64 * 1024;

/**
 * Gathers lines into pieces; `write` says whether to go on.
 * @param start stands before the first
 * @returns how many were written
 */
export async function writeCsvLines(
  lines: AsyncIterable<string> | Iterable<string>,
  write: (text: string) => Promise<boolean>,
  start: string,
): Promise<number> {
  let text = start;
  let written = 0;
  for await (const line of lines) {
    text += line;
    written += 1;
    if (text.length < PIECE) continue;
    if (!(await write(text))) return written;
    text = '';
  }
  await write(text);
  return written;
}
