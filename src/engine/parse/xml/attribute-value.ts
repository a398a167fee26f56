import { utf8Text } from '../slices.ts';
import { AMPERSAND, isNonCharacter, Kind, NEWLINE, RETURN, SPACE } from './bytes.ts';
import type { Cursor } from './cursor.ts';
import { endOfReference, resolveReference } from './references.ts';
import { failCharacter } from './text.ts';

/** What {@link scanValue} learnt about a value, as bits. */
const NON_ASCII = 0x80;
const NEEDS_NORMALISING = 0x100;
export const HOLDS_LINE_END = 0x200;

/** Where a value ended (at its closing quote), and its bits. One instance serves a whole scanner. */
export interface ValueSpan {
  stop: number;
  bits: number;
}

/**
 * Checks an attribute value from `start` to its closing quote.
 * @param kinds the table of the quote.
 * @returns false when more bytes are needed.
 */
export function scanValue(cursor: Cursor, start: number, kinds: Uint8Array, span: ValueSpan): boolean {
  const { bytes, end } = cursor;
  let at = start;
  let bits = 0;
  while (at < end) {
    const byte = bytes[at] as number;
    const kind = kinds[byte] as number;
    if (kind === Kind.PLAIN) {
      bits |= byte;
      at++;
    } else if (kind === Kind.STOP) {
      span.stop = at;
      span.bits = bits;
      return true;
    } else if (kind === Kind.REFERENCE) {
      const stop = endOfReference(cursor, at);
      if (stop < 0) return false;
      resolveReference(cursor, at, stop);
      bits |= NEEDS_NORMALISING;
      at = stop;
    } else {
      bits |= bitsOfRareByte(cursor, at, kind);
      at++;
    }
  }
  return false;
}

function bitsOfRareByte(cursor: Cursor, at: number, kind: number): number {
  if (kind === Kind.TAB) return NEEDS_NORMALISING;
  if (kind === Kind.NEWLINE || kind === Kind.RETURN) return NEEDS_NORMALISING | HOLDS_LINE_END;
  if (kind === Kind.LESS_THAN) cursor.fail(at, '"<" stands in an attribute value');
  if (kind === Kind.FORBIDDEN || isNonCharacter(cursor.bytes, at)) failCharacter(cursor, at);
  return NON_ASCII;
}

/** The value as XML 1.0 section 3.3.3 normalises it (as CDATA: without a DOCTYPE there are no other types). */
export function decodeValue(cursor: Cursor, start: number, stop: number, bits: number): string {
  const bytes = cursor.bytes;
  if (bits < NON_ASCII) return cursor.asciiText(start, stop);
  if (bits < NEEDS_NORMALISING) return utf8Text(bytes, start, stop);
  let value = '';
  let from = start;
  for (let at = start; at < stop; ) {
    const byte = bytes[at] as number;
    if (byte >= SPACE && byte !== AMPERSAND) {
      at++;
      continue;
    }
    value += utf8Text(bytes, from, at);
    if (byte === AMPERSAND) {
      const end = endOfReference(cursor, at);
      value += resolveReference(cursor, at, end);
      at = end;
    } else {
      value += ' ';
      at += byte === RETURN && bytes[at + 1] === NEWLINE ? 2 : 1;
    }
    from = at;
  }
  return value + utf8Text(bytes, from, stop);
}
