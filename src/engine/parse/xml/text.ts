import { BRACKET_CLOSE, GREATER_THAN, isNonCharacter, Kind, NEWLINE, TEXT_KINDS } from './bytes.ts';
import type { Cursor } from './cursor.ts';
import { endOfReference, resolveReference } from './references.ts';
import type { TextOutput } from './text-output.ts';

/**
 * Reads character data up to the next `<`, or as far as the bytes go, in pieces.
 * @returns false when more bytes are needed.
 */
export function scanText(cursor: Cursor, output: TextOutput): boolean {
  const { bytes, end } = cursor;
  for (;;) {
    let at = cursor.position;
    let line = cursor.line;
    let lineStart = cursor.lineStart;
    let seen = 0;
    let kind: number = Kind.PLAIN;
    while (at < end) {
      const byte = bytes[at] as number;
      kind = TEXT_KINDS[byte] as number;
      if (kind === Kind.PLAIN) {
        seen |= byte;
        at++;
      } else if (kind === Kind.NEWLINE) {
        at++;
        line++;
        lineStart = at;
      } else if (kind === Kind.MAYBE_FORBIDDEN && !isNonCharacter(bytes, at)) {
        seen |= byte;
        at++;
      } else if (kind === Kind.STOP && !mayCloseCdata(cursor, at)) {
        at++;
      } else break;
    }
    output.piece(cursor, cursor.position, at, seen < 0x80);
    cursor.position = at;
    cursor.line = line;
    cursor.lineStart = lineStart;
    if (at === end || kind === Kind.LESS_THAN) return true;
    if (!passSpecial(cursor, output, kind)) return false;
  }
}

/** Whether `]` at `at` begins `]]>`, or could if more bytes came. */
function mayCloseCdata(cursor: Cursor, at: number): boolean {
  const { bytes, end } = cursor;
  if (at + 1 < end && bytes[at + 1] !== BRACKET_CLOSE) return false;
  if (at + 2 < end && bytes[at + 2] !== GREATER_THAN) return false;
  return at + 2 < end || !cursor.final;
}

/** Deals with what stopped the text at the cursor. @returns false when more bytes are needed. */
function passSpecial(cursor: Cursor, output: TextOutput, kind: number): boolean {
  const at = cursor.position;
  if (kind === Kind.REFERENCE) {
    const stop = endOfReference(cursor, at);
    if (stop < 0) return false;
    output.string(resolveReference(cursor, at, stop));
    cursor.position = stop;
    return true;
  }
  if (kind === Kind.RETURN) return passReturn(cursor, output);
  if (kind !== Kind.STOP) return failCharacter(cursor, at);
  if (at + 2 < cursor.end) cursor.fail(at, '"]]>" stands in text outside of a CDATA section');
  return false;
}

/** A carriage return at the cursor: a line end, or the first half of one. @returns false when more bytes are needed. */
export function passReturn(cursor: Cursor, output: TextOutput | undefined): boolean {
  const next = cursor.position + 1;
  if (next === cursor.end && !cursor.final) return false;
  if (cursor.bytes[next] !== NEWLINE) {
    output?.string('\n');
    cursor.line++;
    cursor.lineStart = next;
  }
  cursor.position = next;
  return true;
}

/** The byte at `at` begins a character that XML forbids. */
export function failCharacter(cursor: Cursor, at: number): never {
  const point = cursor.bytes.toString('utf8', at, at + 4).codePointAt(0) ?? 0;
  const name = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  return cursor.fail(at, `The character ${name} is not allowed in XML`);
}
