import { utf8Text } from '../slices.ts';
import type { TextCursor } from '../text-cursor.ts';
import { DELIMITER, type DialectBytes, ESCAPE, isBlank, LINE_END, NEWLINE, PLAIN, QUOTE, RETURN } from './dialect.ts';
import { withoutEscapes } from './without-escapes.ts';

/** What {@link RecordScanner.scan} found at the cursor. */
export const MORE = -1; // the bytes end before the record does
export const RECORD = -2;
export const BROKEN = -3; // a record whose fields cannot be told apart; `problem` says why
export const NOTHING = -4; // an empty line or a comment
export const UNCLOSED = -5; // a quote that the end of the file leaves open; `opened` says where

const QUOTED = 1;
const ESCAPED = 2;
const NON_ASCII = 4;

/**
 * Finds the fields of one record at a time in the cursor's bytes, without copying them. A record is found whole or not at
 * all: when the bytes end inside it, it is scanned again once there are more. What comes out (`count`, `stop`, `next`,
 * `lines`) holds until the next scan.
 */
export class RecordScanner {
  /** Fields of the record. */
  count = 0;
  /** Where the record's text ends, and where the next record begins. */
  stop = 0;
  next = 0;
  /** Line ends from the record's start to `next`. */
  lines = 0;
  problem = '';
  /** How far from the record's start its last quoted field begins; -1: it has none. */
  opened = -1;
  readonly #cursor: TextCursor;
  readonly #dialect: DialectBytes;
  readonly #most: number;
  #starts = new Int32Array(64);
  #ends = new Int32Array(64);
  #flags = new Uint8Array(64);

  constructor(cursor: TextCursor, dialect: DialectBytes, mostFields: number) {
    this.#cursor = cursor;
    this.#dialect = dialect;
    this.#most = mostFields;
  }

  /** Looks at the record that begins at the cursor's position. */
  scan(): number {
    const { bytes, position, end } = this.#cursor;
    this.count = 0;
    this.lines = 0;
    this.opened = -1;
    if (position === end) return MORE;
    if (this.#dialect.outside[bytes[position] as number] === LINE_END) return this.#endLine(position, NOTHING);
    const { comment } = this.#dialect;
    if (comment !== null && bytes[position] === comment[0]) {
      if (startsWith(bytes, position, comment)) return this.skipLine(position, NOTHING);
      if (end - position < comment.length && !this.#cursor.final) return MORE;
    }
    return this.#fields(position);
  }

  /** Whatever stands from `at` on is over with its line. @returns `found`, or MORE. */
  skipLine(at: number, found: number): number {
    const { bytes, end, final } = this.#cursor;
    let stop = at;
    while (stop < end && bytes[stop] !== NEWLINE && bytes[stop] !== RETURN) stop++;
    if (stop < end) return this.#endLine(stop, found);
    if (!final) return MORE;
    this.stop = end;
    this.next = end;
    return found;
  }

  /** Whether the field's text as it stands in the file, quotes included, is one of these. */
  isRaw(field: number, texts: readonly Buffer[]): boolean {
    const start = this.#starts[field] as number;
    const length = (this.#ends[field] as number) - start;
    return texts.some((text) => text.length === length && startsWith(this.#cursor.bytes, start, text));
  }

  rawLength(field: number): number {
    return (this.#ends[field] as number) - (this.#starts[field] as number);
  }

  isQuoted(field: number): boolean {
    return ((this.#flags[field] as number) & QUOTED) !== 0;
  }

  text(field: number): string {
    const flags = this.#flags[field] as number;
    const quotes = flags & QUOTED;
    const start = (this.#starts[field] as number) + quotes;
    const end = (this.#ends[field] as number) - quotes;
    const cursor = this.#cursor;
    const text = flags & NON_ASCII ? utf8Text(cursor.bytes, start, end) : cursor.asciiText(start, end);
    return flags & ESCAPED ? withoutEscapes(text, this.#dialect, quotes !== 0) : text;
  }

  /** The loop every byte goes through: plain bytes of unquoted fields are passed over here, the rest is rare. */
  #fields(from: number): number {
    const { bytes, end } = this.#cursor;
    const kinds = this.#dialect.outside;
    let start = from;
    let at = from;
    let flags = 0;
    let mix = 0;
    for (;;) {
      let kind = PLAIN;
      while (at < end) {
        const byte = bytes[at] as number;
        kind = kinds[byte] as number;
        if (kind !== PLAIN) break;
        mix |= byte;
        at++;
      }
      if (at === end) return this.#endBytes(start, at, flags, mix);
      if (kind === QUOTE) {
        if (!this.#isStart(start, at)) return this.#broken(at, 'A quotation mark stands inside a field without quotes');
        at = this.#quoted(at);
        if (at < 0) return at;
        start = at;
        flags = 0;
        mix = 0;
        if (at === end) return RECORD;
        if (this.#isLineEnd(at)) return this.#endLine(at, RECORD);
        at += this.#dialect.delimiter.length;
        start = at;
        continue;
      }
      if (kind === ESCAPE) {
        const length = this.#escapeLength(at);
        if (length === MORE) return MORE;
        if (length > 1) flags |= ESCAPED;
        at += length;
        continue;
      }
      if (kind === DELIMITER) {
        const length = this.#delimiterLength(at);
        if (length === MORE) return MORE;
        if (length === 0) {
          mix |= 0x80;
          at++;
          continue;
        }
        if (!this.#add(start, at, flags | (mix & 0x80 ? NON_ASCII : 0))) return this.#tooMany(at);
        at += length;
        start = at;
        flags = 0;
        mix = 0;
        continue;
      }
      if (!this.#add(start, at, flags | (mix & 0x80 ? NON_ASCII : 0))) return this.#tooMany(at);
      return this.#endLine(at, RECORD);
    }
  }

  /** A quoted field from its quote at `open`. @returns where what ends it stands (or the end of the file), or a code. */
  #quoted(open: number): number {
    const { bytes, end, final } = this.#cursor;
    const kinds = this.#dialect.inside;
    this.opened = open - this.#cursor.position;
    let flags = QUOTED;
    let mix = 0;
    let at = open + 1;
    for (;;) {
      let kind = PLAIN;
      while (at < end) {
        const byte = bytes[at] as number;
        kind = kinds[byte] as number;
        if (kind !== PLAIN) break;
        mix |= byte;
        at++;
      }
      if (at === end) return final ? UNCLOSED : MORE;
      if (kind === LINE_END) {
        if (bytes[at] === NEWLINE || bytes[at + 1] !== NEWLINE) this.lines++;
        at++;
      } else if (kind === ESCAPE) {
        const length = this.#escapeLength(at);
        if (length === MORE) return MORE;
        if (length > 1) flags |= ESCAPED;
        at += length;
      } else if (this.#dialect.isDoubled && bytes[at + 1] === this.#dialect.quote) {
        flags |= ESCAPED;
        at += 2;
      } else break;
    }
    if (at + 1 === end && !final) return MORE;
    if (!this.#add(open, at + 1, flags | (mix & 0x80 ? NON_ASCII : 0))) return this.#tooMany(at);
    return this.#afterQuote(at + 1);
  }

  #afterQuote(closed: number): number {
    const { bytes, end, final } = this.#cursor;
    let at = closed;
    while (at < end && isBlank(bytes[at], this.#dialect)) at++;
    if (at === end) {
      if (!final) return MORE;
      this.stop = end;
      this.next = end;
      return end;
    }
    if (this.#isLineEnd(at)) return at;
    const length = this.#dialect.outside[bytes[at] as number] === DELIMITER ? this.#delimiterLength(at) : 0;
    if (length === MORE || length > 0) return length === MORE ? MORE : at;
    return this.#broken(at, 'Text follows the closing quotation mark of a field');
  }

  #endBytes(start: number, at: number, flags: number, mix: number): number {
    if (!this.#cursor.final) return MORE;
    if (!this.#add(start, at, flags | (mix & 0x80 ? NON_ASCII : 0))) return this.#tooMany(at);
    this.stop = at;
    this.next = at;
    return RECORD;
  }

  #isLineEnd(at: number): boolean {
    return this.#dialect.outside[this.#cursor.bytes[at] as number] === LINE_END;
  }

  /** A line end at `at`: CR LF is one. */
  #endLine(at: number, found: number): number {
    const { bytes, end, final } = this.#cursor;
    const isReturn = bytes[at] === RETURN;
    if (isReturn && at + 1 === end && !final) return MORE;
    this.stop = at;
    this.next = isReturn && bytes[at + 1] === NEWLINE ? at + 2 : at + 1;
    this.lines++;
    return found;
  }

  /** Only blanks stand between the field's start and its quote. */
  #isStart(start: number, quote: number): boolean {
    for (let at = start; at < quote; at++) if (!isBlank(this.#cursor.bytes[at], this.#dialect)) return false;
    return true;
  }

  /** @returns 0 when only the first byte of a longer delimiter stands here. */
  #delimiterLength(at: number): number {
    const { delimiter } = this.#dialect;
    if (delimiter.length === 1) return 1;
    if (at + delimiter.length > this.#cursor.end && !this.#cursor.final) return MORE;
    return startsWith(this.#cursor.bytes, at, delimiter) ? delimiter.length : 0;
  }

  /** How many bytes an escape and what it escapes are long: 1 when it escapes nothing and is plain text. */
  #escapeLength(at: number): number {
    const { bytes, end, final } = this.#cursor;
    if (at + 2 >= end && !final) return MORE;
    const kind = this.#dialect.outside[bytes[at + 1] as number] ?? PLAIN;
    if (at + 1 >= end || kind === PLAIN) return 1;
    // One character is escaped: of CR LF the CR, and the LF then counts as the line's end.
    if (kind === LINE_END && !(bytes[at + 1] === RETURN && bytes[at + 2] === NEWLINE)) this.lines++;
    return 2;
  }

  #add(start: number, end: number, flags: number): boolean {
    const field = this.count++;
    if (field >= this.#most) return false;
    if (field === this.#starts.length) this.#grow();
    this.#starts[field] = start;
    this.#ends[field] = end;
    this.#flags[field] = flags;
    return true;
  }

  #grow(): void {
    const [starts, ends, flags] = [this.#starts, this.#ends, this.#flags];
    this.#starts = new Int32Array(starts.length * 2);
    this.#ends = new Int32Array(starts.length * 2);
    this.#flags = new Uint8Array(starts.length * 2);
    this.#starts.set(starts);
    this.#ends.set(ends);
    this.#flags.set(flags);
  }

  #tooMany(at: number): number {
    return this.#broken(at, `The record has more than ${this.#most} fields`);
  }

  /** What is broken is over with the line on which that shows: no text of uncertain extent becomes a row. */
  #broken(at: number, problem: string): number {
    this.problem = problem;
    return this.skipLine(at, BROKEN);
  }
}

function startsWith(bytes: Buffer, at: number, text: Buffer): boolean {
  for (let step = 0; step < text.length; step++) if (bytes[at + step] !== text[step]) return false;
  return true;
}
