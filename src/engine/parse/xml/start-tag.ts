import type { TreeHandler } from '#engine/model/tree-handler';
import { doubled } from '../doubled.ts';
import { decodeValue, HOLDS_LINE_END, scanValue } from './attribute-value.ts';
import {
  APOSTROPHE,
  DOUBLE_QUOTE,
  DOUBLE_QUOTED_KINDS,
  EQUALS,
  GREATER_THAN,
  isSpace,
  NEWLINE,
  RETURN,
  SINGLE_QUOTED_KINDS,
  SLASH,
} from './bytes.ts';
import type { Cursor } from './cursor.ts';
import { type NameInterner, NO_NAME, UNFINISHED } from './name-interner.ts';

/** Numbers kept per attribute: name, start and stop of the value, its bits. */
const SPAN = 4;
const MORE_BYTES = -1;

/** Reads start tags. A tag is first checked whole, so that nothing of a broken one is told to the handler. */
export class StartTag {
  name = 0;
  selfClosing = false;
  readonly #names: NameInterner;
  readonly #value = { stop: 0, bits: 0 };
  #spans = new Int32Array(16 * SPAN);
  #attributes = 0;
  /** For each name the last tag that had it as an attribute. */
  #lastTag = new Int32Array(512);
  #tag = 0;
  #holdsLineEnd = false;

  constructor(names: NameInterner) {
    this.#names = names;
  }

  /**
   * Reads the tag whose `<` is at the cursor, up to its `>`, without moving the cursor.
   * @returns where the tag ends (behind its `>`); -1 when more bytes are needed.
   */
  read(cursor: Cursor): number {
    const start = cursor.position + 1;
    const name = this.#names.find(cursor, start);
    if (name === UNFINISHED) return MORE_BYTES;
    if (name === NO_NAME) cursor.fail(cursor.position, '"<" is followed by neither a name, "/", "!" nor "?"');
    this.name = name;
    this.#attributes = 0;
    this.selfClosing = false;
    this.#holdsLineEnd = false;
    const at = this.#names.stop;
    return cursor.bytes[at] === GREATER_THAN ? at + 1 : this.#readRest(cursor, at);
  }

  /** Tells the handler the attributes, and moves the cursor behind the tag. */
  finish(cursor: Cursor, stop: number, handler: TreeHandler): void {
    if (this.#attributes > 0 && handler.wantsAttributes) this.#tellAttributes(cursor, handler);
    if (this.#holdsLineEnd) cursor.advanceOverLines(stop);
    else cursor.position = stop;
  }

  #tellAttributes(cursor: Cursor, handler: TreeHandler): void {
    const spans = this.#spans;
    for (let index = 0; index < this.#attributes * SPAN; index += SPAN) {
      const value = decodeValue(
        cursor,
        spans[index + 1] as number,
        spans[index + 2] as number,
        spans[index + 3] as number,
      );
      handler.attribute(this.#names.idOf(spans[index] as number), value);
    }
  }

  #readRest(cursor: Cursor, afterName: number): number {
    const { bytes, end } = cursor;
    this.#nextTag();
    let at = afterName;
    while (at < end) {
      const spaces = this.#passSpaces(cursor, at);
      const separated = spaces > at;
      at = spaces;
      if (at === end) break;
      if (bytes[at] === GREATER_THAN) return at + 1;
      if (bytes[at] === SLASH) return this.#readSlash(cursor, at);
      if (!separated) cursor.fail(at, 'A name in a start tag is followed by a character that is no space, "/" or ">"');
      at = this.#readAttribute(cursor, at);
      if (at < 0) return MORE_BYTES;
    }
    return this.#endOfBytes(cursor);
  }

  #readSlash(cursor: Cursor, at: number): number {
    if (at + 1 === cursor.end) return this.#endOfBytes(cursor);
    if (cursor.bytes[at + 1] !== GREATER_THAN) cursor.fail(at, '"/" in a start tag is not followed by ">"');
    this.selfClosing = true;
    return at + 2;
  }

  /** @returns where the attribute ends, behind its closing quote. */
  #readAttribute(cursor: Cursor, start: number): number {
    const { bytes, end } = cursor;
    const name = this.#names.find(cursor, start);
    if (name === UNFINISHED) return MORE_BYTES;
    if (name === NO_NAME) cursor.fail(start, 'An attribute name is expected');
    this.#remember(cursor, name, start);
    let at = this.#passSpaces(cursor, this.#names.stop);
    if (at === end) return this.#endOfBytes(cursor);
    if (bytes[at] !== EQUALS) cursor.fail(at, `The attribute "${this.#names.nameOf(name)}" has no value`);
    at = this.#passSpaces(cursor, at + 1);
    if (at === end) return this.#endOfBytes(cursor);
    const quote = bytes[at];
    if (quote !== DOUBLE_QUOTE && quote !== APOSTROPHE) {
      cursor.fail(at, `The value of the attribute "${this.#names.nameOf(name)}" is not in quotes`);
    }
    const kinds = quote === DOUBLE_QUOTE ? DOUBLE_QUOTED_KINDS : SINGLE_QUOTED_KINDS;
    if (!scanValue(cursor, at + 1, kinds, this.#value)) return this.#endOfBytes(cursor);
    this.#keep(name, at + 1);
    return this.#value.stop + 1;
  }

  #keep(name: number, start: number): void {
    const index = this.#attributes++ * SPAN;
    if (index === this.#spans.length) this.#spans = doubled(this.#spans);
    this.#spans[index] = name;
    this.#spans[index + 1] = start;
    this.#spans[index + 2] = this.#value.stop;
    this.#spans[index + 3] = this.#value.bits;
    if (this.#value.bits & HOLDS_LINE_END) this.#holdsLineEnd = true;
  }

  #remember(cursor: Cursor, name: number, at: number): void {
    while (name >= this.#lastTag.length) this.#lastTag = doubled(this.#lastTag);
    if (this.#lastTag[name] === this.#tag) cursor.fail(at, `The attribute "${this.#names.nameOf(name)}" stands twice`);
    this.#lastTag[name] = this.#tag;
  }

  #nextTag(): void {
    if (this.#tag === 0x7fffffff) {
      this.#lastTag.fill(0);
      this.#tag = 0;
    }
    this.#tag++;
  }

  #passSpaces(cursor: Cursor, from: number): number {
    const { bytes, end } = cursor;
    let at = from;
    while (at < end && isSpace(bytes[at])) {
      if (bytes[at] === NEWLINE || bytes[at] === RETURN) this.#holdsLineEnd = true;
      at++;
    }
    return at;
  }

  #endOfBytes(cursor: Cursor): number {
    if (cursor.final) cursor.fail(cursor.end, `The document ends inside the tag <${this.#names.nameOf(this.name)}>`);
    return MORE_BYTES;
  }
}
