import { HASH, SEMICOLON } from './bytes.ts';
import type { Cursor } from './cursor.ts';
import { NAME_BYTES } from './name-characters.ts';

const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Where the reference at `start` (its `&`) ends, behind the `;`; -1 when the bytes end before. */
export function endOfReference(cursor: Cursor, start: number): number {
  const { bytes, end } = cursor;
  let at = start + 1;
  if (at < end && bytes[at] === HASH) at++;
  while (at < end && NAME_BYTES[bytes[at] as number] !== 0) at++;
  if (at === end && !cursor.final) return -1;
  if (bytes[at] !== SEMICOLON || at === end)
    cursor.fail(start, 'A reference is not ended by ";", or "&" is not written "&amp;"');
  return at + 1;
}

/** What the complete reference from `start` (its `&`) to `stop` (behind its `;`) stands for. */
export function resolveReference(cursor: Cursor, start: number, stop: number): string {
  const body = cursor.bytes.toString('utf8', start + 1, stop - 1);
  if (body.startsWith('#')) return resolveCharacter(cursor, start, body);
  const known = Object.hasOwn(PREDEFINED, body) ? PREDEFINED[body] : undefined;
  if (known === undefined) cursor.fail(start, `The entity "${body}" is not declared`);
  return known;
}

function resolveCharacter(cursor: Cursor, start: number, body: string): string {
  const digits = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(body);
  if (!digits) cursor.fail(start, `"&${body};" is not a character reference`);
  const point = digits[1] === undefined ? Number.parseInt(digits[2] ?? '', 10) : Number.parseInt(digits[1], 16);
  if (!isCharacter(point)) cursor.fail(start, `"&${body};" refers to a character that XML does not allow`);
  return String.fromCodePoint(point);
}

/** Char of XML 1.0. */
function isCharacter(point: number): boolean {
  if (point < 0x20) return point === 0x09 || point === 0x0a || point === 0x0d;
  return point <= 0xd7ff || (point >= 0xe000 && point <= 0xfffd) || (point >= 0x10000 && point <= 0x10ffff);
}
