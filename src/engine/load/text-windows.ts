/** A place in a text: line and character, from 1. */
export interface TextMark {
  readonly line: number;
  readonly column: number;
}

interface Window {
  readonly from: number;
  readonly to: number;
}

interface ShownLine {
  readonly number: number;
  readonly column: number;
  readonly text: string;
  readonly more: boolean;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Keeps some stretches of a UTF-8 text that comes by in pieces, with the lines and characters they begin at. Offsets are
 * in bytes. Memory is bounded by the stretches, however long the text or its lines are.
 */
export class TextWindows {
  readonly #windows: readonly Window[];
  readonly #marks: readonly number[];
  readonly #wantedLine: number | null;
  readonly #positions = new Map<number, TextMark>();
  readonly #kept: Buffer[][];
  readonly #last: number;
  #offset = 0;
  #line = 1;
  #column = 1;
  #wasReturn = false;
  #isOver = false;
  startOfLine: number | null = null;

  /**
   * @param windows What is kept, in order, apart from each other.
   * @param marks Offsets whose line and character are asked for.
   * @param line Whose beginning is asked for.
   */
  constructor(windows: readonly Window[], marks: readonly number[], line: number | null = null) {
    this.#windows = windows;
    this.#marks = [...new Set([...marks, ...windows.map(({ from }) => from)])].sort((a, b) => a - b);
    this.#wantedLine = line;
    this.#kept = windows.map(() => []);
    this.#last = Math.max(0, ...marks, ...windows.map(({ to }) => to));
    if (line === 1) this.startOfLine = 0;
  }

  /** Whether nothing that follows is asked for. */
  get isComplete(): boolean {
    return this.#wantedLine === null ? this.#offset > this.#last : this.startOfLine !== null;
  }

  add(text: Buffer): void {
    if (this.isComplete) return;
    this.#windows.forEach(({ from, to }, index) => {
      const [start, stop] = [Math.max(from - this.#offset, 0), Math.min(to - this.#offset, text.length)];
      if (start < stop) this.#kept[index]?.push(Buffer.from(text.subarray(start, stop)));
    });
    let at = 0;
    for (const mark of this.#marks.filter((one) => one >= this.#offset && one < this.#offset + text.length)) {
      this.#count(text, at, mark - this.#offset);
      at = mark - this.#offset;
      this.#mark(mark);
    }
    this.#count(text, at, text.length);
    this.#offset += text.length;
  }

  /** No more text comes. */
  end(): void {
    this.#isOver = !this.isComplete;
    for (const mark of this.#marks) if (mark === this.#offset) this.#mark(mark);
  }

  positionAt(offset: number): TextMark | null {
    return this.#positions.get(offset) ?? null;
  }

  /** Text from one offset to another, as far as one window holds it. */
  textBetween(from: number, to: number): string {
    const index = this.#windows.findIndex((window) => window.from <= from && from < window.to);
    const start = this.#windows[index]?.from ?? 0;
    return wholeText(Buffer.concat(this.#kept[index] ?? []).subarray(from - start, Math.max(0, to - start)));
  }

  lines(): readonly ShownLine[] {
    return this.#windows.flatMap(({ from, to }, index) => {
      const begins = this.positionAt(from);
      const text = wholeText(Buffer.concat(this.#kept[index] ?? []));
      return begins === null ? [] : linesOf(text, begins, this.#isOver && this.#offset <= to);
    });
  }

  #mark(offset: number): void {
    this.#positions.set(offset, { line: this.#line, column: this.#column });
  }

  #count(text: Buffer, from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      const byte = text[at] as number;
      if (byte === NEWLINE || byte === RETURN) {
        const isSecond = byte === NEWLINE && this.#wasReturn;
        if (!isSecond) this.#line += 1;
        this.#column = 1;
        const begins = this.#offset + at + 1;
        // Of CR LF the LF moves the beginning on by one.
        const isAsked = this.startOfLine === null || (isSecond && this.startOfLine === begins - 1);
        if (this.#line === this.#wantedLine && isAsked) this.startOfLine = begins;
      } else if ((byte & 0xc0) !== 0x80) this.#column += 1;
      this.#wasReturn = byte === RETURN;
    }
  }
}

/** Without the parts of characters at both ends. */
function wholeText(bytes: Buffer): string {
  let start = 0;
  while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return new TextDecoder().decode(bytes.subarray(start), { stream: true });
}

function linesOf(text: string, begins: TextMark, isEnd: boolean): readonly ShownLine[] {
  const texts = text.split(/\r\n|[\r\n]/);
  const last = texts.length - 1;
  const lines = texts.map((line, index) => ({
    number: begins.line + index,
    column: index === 0 ? begins.column : 1,
    text: line,
    more: index === last && !isEnd,
  }));
  // A line of which nothing is shown says nothing.
  return lines.filter(({ text: shown, more }) => shown !== '' || !more);
}
