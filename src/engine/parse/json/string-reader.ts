import { utf8Text } from '../slices.ts';
import type { JsonCursor } from './json-cursor.ts';

export const UNFINISHED = -1;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
const FOUR_DIGITS = /^[0-9a-fA-F]{4}$/;

/** Reads strings (RFC 8259, section 7). */
export class StringReader {
  readonly #cursor: JsonCursor;
  /** Of the last string that was passed. */
  #from = 0;
  #to = 0;
  #isEscaped = false;
  #isAscii = true;

  constructor(cursor: JsonCursor) {
    this.#cursor = cursor;
  }

  /** Passes over the string whose quote stands at `open`. @returns where it is over, or UNFINISHED. */
  pass(open: number): number {
    const { bytes, end } = this.#cursor;
    let mix = 0;
    let isEscaped = false;
    let at = open + 1;
    for (;;) {
      let byte = 0;
      while (at < end) {
        byte = bytes[at] as number;
        if (byte === QUOTE || byte === BACKSLASH || byte < FIRST_PRINTABLE) break;
        mix |= byte;
        at++;
      }
      if (at === end) return this.#unfinished(open);
      if (byte === QUOTE) break;
      if (byte < FIRST_PRINTABLE) this.#cursor.fail(at, 'A string holds a control character that is not escaped');
      isEscaped = true;
      at += 2;
      if (at > end) return this.#unfinished(open);
    }
    this.#from = open + 1;
    this.#to = at;
    this.#isEscaped = isEscaped;
    this.#isAscii = mix < 0x80;
    // Escapes are judged whether anybody wants the text or not.
    if (isEscaped) this.text();
    return at + 1;
  }

  /** The text of the string passed last. */
  text(): string {
    const { bytes } = this.#cursor;
    const text = this.#isAscii ? this.#cursor.asciiText(this.#from, this.#to) : utf8Text(bytes, this.#from, this.#to);
    return this.#isEscaped ? this.#unescaped(text) : text;
  }

  /** The same bytes, one character each and escapes left alone: tells strings apart without decoding them. */
  raw(): string {
    return this.#cursor.asciiText(this.#from, this.#to);
  }

  #unfinished(open: number): number {
    if (this.#cursor.final) this.#cursor.fail(open, 'The string that begins here is never closed');
    return UNFINISHED;
  }

  #unescaped(text: string): string {
    let plain = '';
    let from = 0;
    for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', from)) {
      plain += text.slice(from, at);
      const escaped = text[at + 1] as string;
      const simple = ESCAPES.get(escaped);
      if (simple === undefined && escaped !== 'u') this.#fail(text, at, `\\${escaped} is no escape of JSON`);
      plain += simple ?? this.#unit(text, at);
      from = at + (simple === undefined ? 6 : 2);
    }
    plain += text.slice(from);
    if (!plain.isWellFormed()) {
      this.#cursor.fail(
        this.#from - 1,
        'The string that begins here holds half of a surrogate pair, which is no character',
      );
    }
    return plain;
  }

  #unit(text: string, at: number): string {
    const digits = text.slice(at + 2, at + 6);
    if (!FOUR_DIGITS.test(digits)) this.#fail(text, at, '\\u is not followed by four hexadecimal digits');
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #fail(text: string, at: number, message: string): never {
    return this.#cursor.fail(this.#from + Buffer.byteLength(text.slice(0, at)), message);
  }
}
