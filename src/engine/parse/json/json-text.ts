import { LoadstoneError, type Place } from '#contract/errors';
import type { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { NO_BYTES } from '../decode/byte-decoder.ts';
import type { TextScanner } from '../decoded-text.ts';
import { isLines } from './is-lines.ts';
import { JsonCursor } from './json-cursor.ts';
import { JsonScanner } from './json-scanner.ts';
import { JsonTape } from './json-tape.ts';
import type { JsonLimits } from './limits.ts';

/** Looked at to tell whether there is a value per line. */
const HEAD_BYTES = 256 * 1024;
/** What the raw text of a broken line is cut to. */
const KEPT_RAW_LENGTH = 1_000;

const MORE_RECORDS =
  'The corrected text holds records of further tables, which cannot be loaded from here; put it into the file and load that anew';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

/**
 * Tells one JSON file, given as UTF-8, to a handler. A value per line is told once it is known to be whole: a broken line
 * is a broken record, and reading goes on behind it. Other files are told as they stream by, and refused when they break.
 */
export class JsonText implements TextScanner {
  readonly #path: string;
  readonly #handler: TreeHandler;
  readonly #limits: JsonLimits;
  readonly #cursor = new JsonCursor();
  readonly #item: number;
  readonly #names: NameTable;
  readonly #tape = new JsonTape();
  #head: Buffer[] = [];
  #headBytes = 0;
  /** Not there while the head is looked for. */
  #scanner: JsonScanner | undefined;
  #isLines = false;
  #firstFailure: LoadstoneError | undefined;
  /** Where the line at hand begins: its value is told when the cursor stands behind it. */
  #lineStart = 0;

  constructor(path: string, names: NameTable, handler: TreeHandler, limits: JsonLimits) {
    this.#path = path;
    this.#names = names;
    this.#handler = handler;
    this.#limits = limits;
    this.#cursor.reset(path);
    this.#item = names.intern('item');
    handler.locate?.({
      start: () => this.#cursor.before + (this.#isLines ? this.#lineStart : this.#cursor.position),
      stop: () => this.#cursor.before + this.#cursor.position,
    });
    handler.open(names.intern('json'), 1);
  }

  write(text: Buffer, last: boolean): void {
    if (this.#scanner !== undefined) {
      this.#scan(this.#scanner, text, last);
      return;
    }
    this.#headBytes += text.length;
    if (!last && this.#headBytes < HEAD_BYTES) {
      this.#head.push(Buffer.from(text));
      return;
    }
    this.#begin(this.#head.length === 0 ? text : Buffer.concat([...this.#head, text]), last);
  }

  placeOfEnd(): Place {
    if (this.#scanner === undefined) this.#begin(Buffer.concat(this.#head), false);
    this.#cursor.feed(NO_BYTES, true, Number.POSITIVE_INFINITY);
    return this.#cursor.placeOf(this.#cursor.end);
  }

  #begin(head: Buffer, last: boolean): void {
    this.#head = [];
    this.#isLines = isLines(head, last, this.#path);
    const hearer = this.#isLines ? this.#tape : this.#handler;
    this.#scanner = new JsonScanner(this.#cursor, this.#names, hearer, this.#limits);
    this.#scan(this.#scanner, head, last);
  }

  #scan(scanner: JsonScanner, text: Buffer, last: boolean): void {
    const cursor = this.#cursor;
    if (!cursor.feed(text, last, this.#limits.tokenBytes)) return;
    if (this.#isLines) while (this.#record(scanner));
    else while (scanner.token());
    cursor.release();
    if (!last) return;
    if (scanner.depth > 0) scanner.failAtEnd();
    if (scanner.values === 0) {
      if (this.#firstFailure !== undefined) throw this.#firstFailure;
      cursor.fail(cursor.end, 'The file holds no value');
    }
    this.#handler.close();
  }

  /** Tells one whole value. @returns false when the bytes end before. */
  #record(scanner: JsonScanner): boolean {
    const cursor = this.#cursor;
    if (!scanner.skipSpace()) return false;
    const { position, line, lineStart } = cursor;
    const { values } = scanner;
    this.#lineStart = position;
    const back = () => {
      scanner.values = values;
      Object.assign(cursor, { position, line, lineStart });
      scanner.forgetOpen();
      this.#tape.clear();
    };
    try {
      if (this.#isWhole(scanner)) {
        this.#tape.replay(this.#handler);
        return true;
      }
      if (cursor.final) scanner.failAtEnd();
      back();
      return false;
    } catch (thrown) {
      if (!(thrown instanceof LoadstoneError) || thrown.code !== 'JSON_NOT_WELL_FORMED') throw thrown;
      back();
      return this.#passBroken(scanner, thrown);
    }
  }

  /** Scans a value and looks at what follows: only another value, or the line's end, may. */
  #isWhole(scanner: JsonScanner): boolean {
    const cursor = this.#cursor;
    do if (!scanner.token()) return false;
    while (scanner.depth > 0);
    const { bytes, end, final } = cursor;
    let at = cursor.position;
    while (at < end && (bytes[at] === SPACE || bytes[at] === TAB)) at += 1;
    if (at === end) return final;
    const byte = bytes[at] as number;
    if (byte !== NEWLINE && byte !== RETURN && !scanner.isStart(byte)) scanner.unexpected(at, 'the end of the line');
    return true;
  }

  /** @returns false when the line's end is not there yet. */
  #passBroken(scanner: JsonScanner, failure: LoadstoneError): boolean {
    const cursor = this.#cursor;
    const { bytes, position, line, end, final } = cursor;
    let stop = position;
    while (stop < end && bytes[stop] !== NEWLINE && bytes[stop] !== RETURN) stop += 1;
    if (stop === end && !final) return false;
    this.#firstFailure ??= failure;
    cursor.position = stop;
    const corrected = this.#handler.correctedRecord?.(this.#item) ?? null;
    if (corrected === null) {
      const text = bytes.toString('utf8', position, Math.min(stop, position + KEPT_RAW_LENGTH * 4));
      const { place } = failure;
      const where = `line ${place?.line ?? line}, column ${place?.column ?? 1}`;
      this.#tellBroken(line, text, `${failure.message.replace(/\.$/, '')} (${where})`);
    } else if (this.#tellInstead(corrected, line)) scanner.values += 1;
    return true;
  }

  #tellBroken(line: number, text: string, message: string): void {
    const raw = text.length > KEPT_RAW_LENGTH ? `${text.slice(0, KEPT_RAW_LENGTH - 1)}…` : text;
    this.#handler.brokenRecord?.(this.#item, line, raw.toWellFormed(), message);
  }

  /** Somebody's own text for a line that cannot be read. @returns whether it could be. */
  #tellInstead(text: string, line: number): boolean {
    const cursor = new JsonCursor();
    cursor.reset(this.#path);
    cursor.line = line;
    cursor.feed(Buffer.from(text), true, this.#limits.tokenBytes);
    const tape = new JsonTape();
    const scanner = new JsonScanner(cursor, this.#names, tape, this.#limits);
    try {
      while (scanner.token());
      if (scanner.depth > 0) scanner.failAtEnd();
      if (scanner.values !== 1)
        cursor.fail(cursor.position, `There are ${scanner.values} values where one is expected`);
    } catch (thrown) {
      if (!(thrown instanceof LoadstoneError)) throw thrown;
      this.#tellBroken(line, text, `${thrown.message.replace(/\.$/, '')}, in the corrected text`);
      return false;
    }
    if (this.#holdsRecords(tape)) {
      this.#tellBroken(line, text, MORE_RECORDS);
      return false;
    }
    tape.replay(this.#handler);
    return true;
  }

  /** Records inside the line were never counted: they would shift the numbers of all that follow, by which rejects are known. */
  #holdsRecords(tape: JsonTape): boolean {
    for (const path of tape.paths()) if (path.length > 1 && this.#handler.beginsRecord?.(path)) return true;
    return false;
  }
}
