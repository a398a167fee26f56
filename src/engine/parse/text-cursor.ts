import type { Place } from '#contract/errors';
import { NO_BYTES } from './decode/byte-decoder.ts';
import { asciiText, viewOf } from './slices.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Bytes of an unfinished token that may be scanned again with every chunk. */
const SHORT_TOKEN = 64 * 1024;

const NO_VIEW = viewOf(NO_BYTES);

/**
 * A substring shorter than this is a copy made without leaving JavaScript, several times faster than a call of Buffer;
 * a longer one would be a view that keeps the chunk's whole text in memory.
 */
const COPIED_LENGTH = 13;

/**
 * Where the scanner stands in the bytes at hand. `position`, `line` and `lineStart` always belong together and move only
 * over complete tokens; an unfinished token is kept, from `position` on, for the next chunk.
 */
export class TextCursor {
  bytes: Buffer = NO_BYTES;
  /** The same bytes, for looking at several at once. */
  view = NO_VIEW;
  position = 0;
  end = 0;
  /** No more bytes will come. */
  final = false;
  /** The line of `position`, from 1. */
  line = 1;
  /** Bytes that were dropped before `bytes`: how far `bytes` begins behind the text's beginning. */
  before = 0;
  /** Index in `bytes` where that line starts; what was dropped of it is counted in `columnsBefore`. */
  lineStart = 0;
  columnsBefore = 0;
  path = '';
  #latin1: string | undefined;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;

  reset(path: string): void {
    this.bytes = NO_BYTES;
    this.view = NO_VIEW;
    this.#latin1 = undefined;
    this.position = 0;
    this.end = 0;
    this.final = false;
    this.line = 1;
    this.lineStart = 0;
    this.columnsBefore = 0;
    this.before = 0;
    this.path = path;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  /**
   * Puts a chunk behind the unfinished token.
   * @returns false while it is not worth scanning a long unfinished token again: it must double first.
   */
  protected join(chunk: Buffer, final: boolean, tooLong: (kept: number) => void): boolean {
    this.final = final;
    const kept = this.end - this.position;
    if (kept === 0) {
      this.#replace(chunk);
      return true;
    }
    tooLong(kept);
    this.#waitingBytes += chunk.length;
    if (kept > SHORT_TOKEN && this.#waitingBytes < kept && !final) {
      // Copied: a reader may reuse the chunk.
      this.#waiting.push(Buffer.from(chunk));
      return false;
    }
    this.#replace(Buffer.concat([this.bytes.subarray(this.position), ...this.#waiting, chunk]));
    this.#waiting = [];
    this.#waitingBytes = 0;
    return true;
  }

  /** Lets go of the chunk, which its reader may use again; keeps the unfinished token. */
  release(): void {
    this.#replace(this.position < this.end ? Buffer.from(this.bytes.subarray(this.position)) : NO_BYTES);
  }

  #replace(bytes: Buffer): void {
    this.columnsBefore = this.#columnsBefore(this.position);
    this.before += this.position;
    this.lineStart = 0;
    this.position = 0;
    this.bytes = bytes;
    this.view = viewOf(bytes);
    this.#latin1 = undefined;
    this.end = bytes.length;
  }

  #columnsBefore(position: number): number {
    const dropped = countCharacters(this.bytes, this.lineStart, position);
    return this.lineStart > 0 ? dropped : this.columnsBefore + dropped;
  }

  /** Text of bytes that are all below 0x80. */
  asciiText(from: number, to: number): string {
    if (to - from >= COPIED_LENGTH) return asciiText(this.bytes, from, to);
    this.#latin1 ??= asciiText(this.bytes, 0, this.end);
    return this.#latin1.substring(from, to);
  }

  /** Moves over a complete token that may hold line ends. */
  advanceOverLines(to: number): void {
    const bytes = this.bytes;
    for (let at = this.position; at < to; at++) {
      const byte = bytes[at];
      if (byte !== NEWLINE && byte !== RETURN) continue;
      if (byte === RETURN && bytes[at + 1] === NEWLINE) continue;
      this.line++;
      this.lineStart = at + 1;
    }
    this.position = to;
  }

  /** The place of a byte at or behind `position`. Moves there: only for errors. */
  placeOf(at: number): Place {
    this.advanceOverLines(Math.min(at, this.end));
    return { path: this.path, line: this.line, column: this.#columnsBefore(this.position) + 1 };
  }
}

function countCharacters(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    if (((bytes[at] as number) & 0xc0) !== 0x80) count++;
  }
  return count;
}
