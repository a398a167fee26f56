/** A backslash, and the characters that part fields and lines, must be escaped in COPY text. */
const NEEDS_ESCAPE = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

const FIRST_CAPACITY = 64 * 1024;
/** A UTF-16 unit takes at most three bytes in UTF-8. */
const MAX_BYTES_PER_UNIT = 3;
/** Longer lines are measured, not estimated. */
const LONG_LINE = 64 * 1024;
/** A buffer that one huge value has made larger than this is not kept. */
const LARGEST_KEPT = 16 * 1024 * 1024;

/** @returns the value as COPY text writes it; null is `\N`. */
export function copyField(value: string | null): string {
  if (value === null) return '\\N';
  return NEEDS_ESCAPE.test(value) ? value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] as string) : value;
}

/**
 * Rows in COPY text format, collected in one growing buffer. `mark` and `truncate` let a file that turns out damaged
 * take its rows back. The buffer is lent by `take` and given back by `recycle`, so that the next rows can be collected
 * while the last ones are sent.
 */
export class CopyText {
  #buffer: Buffer = Buffer.allocUnsafe(FIRST_CAPACITY);
  #spare: Buffer | null = null;
  #lent: Buffer | null = null;
  #length = 0;
  #rows = 0;

  get byteLength(): number {
    return this.#length;
  }

  get rowCount(): number {
    return this.#rows;
  }

  /** @param line a whole line, fields escaped and parted by tabs, ended by a newline. */
  append(line: string): void {
    const most = line.length > LONG_LINE ? Buffer.byteLength(line) : line.length * MAX_BYTES_PER_UNIT;
    const needed = this.#length + most;
    if (needed > this.#buffer.length) this.#grow(needed);
    this.#length += this.#buffer.write(line, this.#length, 'utf8');
    this.#rows += 1;
  }

  mark(): CopyMark {
    return { byteLength: this.#length, rowCount: this.#rows };
  }

  truncate(mark: CopyMark): void {
    this.#length = mark.byteLength;
    this.#rows = mark.rowCount;
  }

  /** Hands out the first bytes, as far as `mark` (default: all), and keeps what follows. One hand-out at a time. */
  take(mark: CopyMark = this.mark()): Buffer {
    const taken = this.#buffer.subarray(0, mark.byteLength);
    const rest = this.#buffer.subarray(mark.byteLength, this.#length);
    const next =
      this.#spare !== null && this.#spare.length >= rest.length
        ? this.#spare
        : Buffer.allocUnsafe(Math.max(FIRST_CAPACITY, rest.length));
    rest.copy(next);
    this.#spare = null;
    this.#lent = this.#buffer;
    this.#buffer = next;
    this.#length = rest.length;
    this.#rows -= mark.rowCount;
    return taken;
  }

  /** Takes back what `take` handed out, once it has been sent. */
  recycle(): void {
    this.#spare = this.#lent !== null && this.#lent.length <= LARGEST_KEPT ? this.#lent : null;
    this.#lent = null;
  }

  clear(): void {
    this.#length = 0;
    this.#rows = 0;
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}

export interface CopyMark {
  readonly byteLength: number;
  readonly rowCount: number;
}
