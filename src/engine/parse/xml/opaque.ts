import {
  BRACKET_CLOSE,
  CDATA_KINDS,
  COMMENT_KINDS,
  GREATER_THAN,
  HYPHEN,
  INSTRUCTION_KINDS,
  isNonCharacter,
  Kind,
} from './bytes.ts';
import type { Cursor } from './cursor.ts';
import { failCharacter, passReturn } from './text.ts';
import type { TextOutput } from './text-output.ts';

/** What is read without looking for markup, however long, across chunks. */
export type Opaque = 'comment' | 'instruction' | 'CDATA section';

const KINDS: Readonly<Record<Opaque, Uint8Array>> = {
  comment: COMMENT_KINDS,
  instruction: INSTRUCTION_KINDS,
  'CDATA section': CDATA_KINDS,
};

type Ending = 'ends' | 'goes on' | 'unknown';

/**
 * Reads the inside of a comment, processing instruction or CDATA section.
 * @param output takes the text of a CDATA section.
 * @returns whether the end was passed; false when more bytes are needed.
 */
export function scanOpaque(cursor: Cursor, opaque: Opaque, output: TextOutput | undefined): boolean {
  const kinds = KINDS[opaque];
  const end = cursor.end;
  while (cursor.position < end) {
    const kind = passPlain(cursor, kinds, output);
    const at = cursor.position;
    if (at === end) return false;
    if (kind === Kind.RETURN) {
      if (!passReturn(cursor, output)) return false;
    } else if (kind !== Kind.STOP) {
      failCharacter(cursor, at);
    } else {
      const ending = endingAt(cursor, opaque);
      if (ending === 'unknown') return false;
      if (ending === 'ends') {
        cursor.position = at + (opaque === 'instruction' ? 2 : 3);
        return true;
      }
      output?.piece(cursor, at, at + 1, true);
      cursor.position = at + 1;
    }
  }
  return false;
}

/** Moves over bytes of no special meaning and hands them over. @returns the kind of the byte that stopped it. */
function passPlain(cursor: Cursor, kinds: Uint8Array, output: TextOutput | undefined): number {
  const { bytes, end, position } = cursor;
  let at = position;
  let seen = 0;
  let kind: number = Kind.PLAIN;
  while (at < end) {
    const byte = bytes[at] as number;
    kind = kinds[byte] as number;
    if (kind === Kind.NEWLINE) {
      cursor.line++;
      cursor.lineStart = at + 1;
    } else if (kind !== Kind.PLAIN && !(kind === Kind.MAYBE_FORBIDDEN && !isNonCharacter(bytes, at))) break;
    seen |= byte;
    at++;
  }
  output?.piece(cursor, position, at, seen < 0x80);
  cursor.position = at;
  return kind;
}

function endingAt(cursor: Cursor, opaque: Opaque): Ending {
  const { bytes, position: at, end } = cursor;
  if (opaque === 'instruction') {
    if (at + 1 === end) return 'unknown';
    return bytes[at + 1] === GREATER_THAN ? 'ends' : 'goes on';
  }
  const doubled = opaque === 'comment' ? HYPHEN : BRACKET_CLOSE;
  if (at + 1 < end && bytes[at + 1] !== doubled) return 'goes on';
  if (at + 2 >= end) return 'unknown';
  if (bytes[at + 2] === GREATER_THAN) return 'ends';
  if (opaque === 'comment') cursor.fail(at, 'A comment holds "--"');
  return 'goes on';
}
