import type { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import type { JsonCursor } from './json-cursor.ts';
import { DUPLICATE, JsonKeys, TOO_MANY } from './json-keys.ts';
import type { JsonLimits } from './limits.ts';
import { StringReader, UNFINISHED } from './string-reader.ts';

/** What may stand next. */
const VALUE = 0; // a value; between top-level values, or behind a comma or colon
const FIRST_ITEM = 1; // a value, or the end of its array
const FIRST_KEY = 2; // a key, or the end of its object
const KEY = 3;
const COLON = 4;
const AFTER_VALUE = 5; // a comma, or the end of the object or array

const SPACE = 1;
const DIGITS = 2;
const kinds = new Uint8Array(256);
for (const byte of Buffer.from(' \t\r\n')) kinds[byte] = SPACE;
for (const byte of Buffer.from('-0123456789')) kinds[byte] = DIGITS;
/** What ends a number or a word. */
const ENDS = new Uint8Array(256);
for (const byte of Buffer.from(' \t\r\n,:]}[{"')) ENDS[byte] = 1;

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON_SIGN = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/;

/** An open object or array. */
interface Container {
  isArray: boolean;
  /** The name of an array's items, or of the object's current key. */
  name: number;
  /** It is an element of its own: all but the arrays that repeat their key's element. */
  isElement: boolean;
}

/** What hears the values. */
type Hearer = Pick<TreeHandler, 'wantsText' | 'open' | 'text' | 'close' | 'nullItem'>;

/**
 * Tells the JSON at the cursor to a handler, strictly as RFC 8259 has it: one value, or several behind each other, with or
 * without line ends between them. Only the token at hand is held. Numbers stay texts.
 */
export class JsonScanner {
  /** How many objects and arrays are open. */
  depth = 0;
  /** Top-level values that are over. */
  values = 0;
  readonly #handler: Hearer;
  readonly #limits: JsonLimits;
  readonly #cursor: JsonCursor;
  readonly #strings: StringReader;
  readonly #keys: JsonKeys;
  readonly #item: number;
  /** By depth; objects of containers are used again. */
  readonly #stack: Container[] = [];
  #expected = VALUE;

  constructor(cursor: JsonCursor, names: NameTable, handler: Hearer, limits: JsonLimits) {
    this.#cursor = cursor;
    this.#strings = new StringReader(cursor);
    this.#handler = handler;
    this.#limits = limits;
    this.#keys = new JsonKeys(names, limits.names);
    this.#item = names.intern('item');
  }

  /** @throws LoadstoneError: the bytes end inside an object, an array or a value. */
  failAtEnd(): never {
    const cursor = this.#cursor;
    const what = this.depth === 0 ? 'a value' : this.#top().isArray ? 'an array' : 'an object';
    return cursor.fail(cursor.end, `The file ends inside ${what}`);
  }

  /** Nothing is open any more: what was begun is begun anew. */
  forgetOpen(): void {
    while (this.depth > 0) {
      this.depth--;
      if (!(this.#stack[this.depth] as Container).isArray) this.#keys.closeObject();
    }
    this.#expected = VALUE;
  }

  /** Whether a value may begin so. */
  isStart(byte: number): boolean {
    return byte === OPEN_OBJECT || byte === OPEN_ARRAY || byte === QUOTE || kinds[byte] === DIGITS;
  }

  /** Passes white space. @returns false when the bytes end before anything else. */
  skipSpace(): boolean {
    const cursor = this.#cursor;
    const { bytes, end } = cursor;
    let at = cursor.position;
    let byte = 0;
    for (; at < end; at++) {
      byte = bytes[at] as number;
      if (kinds[byte] !== SPACE) break;
      if (byte !== NEWLINE && (byte !== RETURN || bytes[at + 1] === NEWLINE)) continue;
      // A line feed that comes with the next chunk counts then.
      if (byte === RETURN && at + 1 === end && !cursor.final) break;
      cursor.line++;
      cursor.lineStart = at + 1;
    }
    cursor.position = at;
    return at < end && kinds[byte] !== SPACE;
  }

  /** Passes white space and one token. @returns false when the bytes end before. */
  token(): boolean {
    if (!this.skipSpace()) return false;
    const at = this.#cursor.position;
    const byte = this.#cursor.bytes[at] as number;
    switch (this.#expected) {
      case COLON:
        if (byte !== COLON_SIGN) this.unexpected(at, 'a colon');
        this.#pass(at + 1, VALUE);
        return true;
      case AFTER_VALUE:
        this.#afterValue(at, byte);
        return true;
      case KEY:
      case FIRST_KEY:
        return this.#key(at, byte);
      default:
        return this.#value(at, byte);
    }
  }

  unexpected(at: number, wanted: string): never {
    const { bytes, end } = this.#cursor;
    return this.#cursor.fail(at, `${shown(bytes, at, Math.min(end, at + 1))} stands where ${wanted} is expected`);
  }

  #pass(to: number, expected: number): void {
    this.#cursor.position = to;
    this.#expected = expected;
  }

  #top(): Container {
    return this.#stack[this.depth - 1] as Container;
  }

  #afterValue(at: number, byte: number): void {
    const { isArray } = this.#top();
    if (byte === COMMA) this.#pass(at + 1, isArray ? VALUE : KEY);
    else if (byte === (isArray ? CLOSE_ARRAY : CLOSE_OBJECT)) this.#close(at);
    else this.unexpected(at, isArray ? 'a comma or ]' : 'a comma or }');
  }

  #key(at: number, byte: number): boolean {
    if (byte === CLOSE_OBJECT && this.#expected === FIRST_KEY) {
      this.#close(at);
      return true;
    }
    if (byte !== QUOTE) this.unexpected(at, this.#expected === KEY ? 'a key in quotes' : 'a key in quotes or }');
    const stop = this.#strings.pass(at);
    if (stop === UNFINISHED) return false;
    const name = this.#keys.enter(this.#strings);
    if (name === DUPLICATE) this.#cursor.fail(at, `The key ${quoted(this.#strings.text())} stands twice in one object`);
    if (name === TOO_MANY) this.#cursor.exceed(at, `There are more than ${this.#limits.names} different keys`);
    this.#top().name = name;
    this.#pass(stop, COLON);
    return true;
  }

  #value(at: number, byte: number): boolean {
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      this.#open(at, byte === OPEN_ARRAY);
      return true;
    }
    if (byte === CLOSE_ARRAY && this.#expected === FIRST_ITEM) {
      this.#close(at);
      return true;
    }
    return byte === QUOTE ? this.#string(at) : this.#word(at, byte);
  }

  /** The name of the element that a value makes here. */
  #elementName(): number {
    return this.depth === 0 ? this.#item : this.#top().name;
  }

  #string(at: number): boolean {
    const stop = this.#strings.pass(at);
    if (stop === UNFINISHED) return false;
    const handler = this.#handler;
    handler.open(this.#elementName(), this.#cursor.line);
    if (handler.wantsText) handler.text(this.#strings.text());
    this.#cursor.position = stop;
    handler.close();
    this.#endValue(stop);
    return true;
  }

  /** A number, true, false or null. */
  #word(at: number, byte: number): boolean {
    const { bytes, end, final } = this.#cursor;
    let stop = at;
    while (stop < end && ENDS[bytes[stop] as number] === 0) stop++;
    if (stop === end && !final) return false;
    if (stop === at) this.unexpected(at, 'a value');
    const text = this.#cursor.asciiText(at, stop);
    if (kinds[byte] === DIGITS) {
      if (!NUMBER.test(text)) this.#cursor.fail(at, `${shown(bytes, at, stop)} is not a number of JSON`);
    } else if (text !== 'true' && text !== 'false' && text !== 'null') {
      this.#cursor.fail(at, `${shown(bytes, at, stop)} is not a value of JSON`);
    }
    if (text !== 'null') {
      const handler = this.#handler;
      handler.open(this.#elementName(), this.#cursor.line);
      if (handler.wantsText) handler.text(text);
      this.#cursor.position = stop;
      handler.close();
    } else if (this.depth > 0 && this.#top().isArray) this.#handler.nullItem?.(this.#top().name);
    this.#endValue(stop);
    return true;
  }

  #open(at: number, isArray: boolean): void {
    if (this.depth >= this.#limits.depth) {
      this.#cursor.exceed(at, `Objects and arrays lie more than ${this.#limits.depth} deep in each other`);
    }
    const outer = this.depth === 0 ? null : this.#top();
    const name = this.#elementName();
    // An array repeats its key's element; only one that is itself an item needs an element to hold its items.
    const isElement = !isArray || outer?.isArray === true;
    if (isElement) this.#handler.open(name, this.#cursor.line);
    const container = this.#stack[this.depth] ?? { isArray, name, isElement };
    container.isArray = isArray;
    container.isElement = isElement;
    container.name = isElement ? this.#item : name;
    this.#stack[this.depth] = container;
    this.depth++;
    if (!isArray) this.#keys.openObject();
    this.#pass(at + 1, isArray ? FIRST_ITEM : FIRST_KEY);
  }

  #close(at: number): void {
    const { isArray, isElement } = this.#top();
    this.depth--;
    if (!isArray) this.#keys.closeObject();
    this.#cursor.position = at + 1;
    if (isElement) this.#handler.close();
    this.#endValue(at + 1);
  }

  #endValue(stop: number): void {
    if (this.depth === 0) this.values++;
    this.#pass(stop, this.depth === 0 ? VALUE : AFTER_VALUE);
  }
}

/** Text for a message: from the character that begins at `at`. */
function shown(bytes: Buffer, at: number, stop: number): string {
  const text = bytes.toString('utf8', at, Math.min(Math.max(stop, at + 4), at + 160));
  const characters = [...text];
  const length = Math.max(1, [...bytes.toString('utf8', at, stop)].length);
  return quoted(characters.slice(0, Math.min(length, 40)).join(''));
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
