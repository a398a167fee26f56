import type { Place } from '#contract/errors';
import type { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { NO_BYTES } from '../decode/byte-decoder.ts';
import type { TextScanner } from '../decoded-text.ts';
import { TextCursor } from '../text-cursor.ts';
import { columnNames, numberedNames } from './column-names.ts';
import { type CsvDialect, dialectBytes } from './dialect.ts';
import { headerBroken, limitExceeded, unclosedQuote } from './failures.ts';
import { type CsvLimits, DEFAULT_LIMITS } from './limits.ts';
import { BROKEN, MORE, NOTHING, RecordScanner, UNCLOSED } from './record-scanner.ts';
import { scanReplacement } from './replaced-record.ts';

interface CsvShape extends CsvDialect {
  readonly header: boolean;
  /** The records end with a delimiter that the header does not end with. */
  readonly isTrailing?: boolean;
  /** Lines at the top of the file that belong to nothing. */
  readonly skipLines: number;
  /** The columns' names when the header does not say them, or is not to. */
  readonly columns: readonly string[] | null;
  /** Fields written so, quotes included, are absent. */
  readonly nullValues: readonly string[];
}

export interface CsvScannerOptions {
  readonly path: string;
  readonly shape: CsvShape;
  readonly names: NameTable;
  readonly handler: TreeHandler;
  readonly limits?: CsvLimits;
}

/** What the raw text of a broken record is cut to. */
const KEPT_RAW_LENGTH = 1_000;

class Cursor extends TextCursor {
  feed(chunk: Buffer, final: boolean, tooLong: (kept: number) => void): boolean {
    return this.join(chunk, final, tooLong);
  }
}

/** Tells the records of one CSV file, given as UTF-8, to a handler. */
export class CsvScanner implements TextScanner {
  readonly #options: CsvScannerOptions;
  readonly #limits: CsvLimits;
  readonly #cursor = new Cursor();
  readonly #records: RecordScanner;
  /** By length. */
  readonly #nulls: (readonly Buffer[] | undefined)[] = [];
  readonly #row: number;
  /** The ids of the columns' names; empty while they are not known. */
  #columns: readonly number[] = [];
  #skip: number;
  #needsHeader: boolean;

  constructor(options: CsvScannerOptions) {
    const { path, shape, names, handler } = options;
    this.#options = options;
    this.#limits = options.limits ?? DEFAULT_LIMITS;
    this.#cursor.reset(path);
    this.#records = new RecordScanner(this.#cursor, dialectBytes(shape), this.#limits.fields);
    this.#skip = shape.skipLines;
    this.#needsHeader = shape.header;
    this.#row = names.intern('row');
    for (const text of shape.nullValues.map((value) => Buffer.from(value))) {
      this.#nulls[text.length] = [...(this.#nulls[text.length] ?? []), text];
    }
    const [cursor, records] = [this.#cursor, this.#records];
    handler.locate?.({ start: () => cursor.before + cursor.position, stop: () => cursor.before + records.stop });
    handler.open(names.intern('csv'), 1);
    if (shape.columns !== null) this.#name(shape.columns, 1);
  }

  write(text: Buffer, last: boolean): void {
    const cursor = this.#cursor;
    if (!cursor.feed(text, last, (kept) => this.#assertLength(kept))) return;
    while (this.#step()) {
      cursor.position = this.#records.next;
      cursor.lineStart = cursor.position;
      cursor.line += this.#records.lines;
    }
    cursor.release();
    if (!last) return;
    if (this.#needsHeader) throw headerBroken(cursor.placeOf(cursor.end), 'The file has no header line.');
    this.#options.handler.close();
  }

  placeOfEnd(): Place {
    this.#cursor.feed(NO_BYTES, true, () => undefined);
    return this.#cursor.placeOf(this.#cursor.end);
  }

  /** Deals with one record. @returns false when there is no whole one. */
  #step(): boolean {
    const records = this.#records;
    if (this.#skip > 0) {
      if (records.skipLine(this.#cursor.position, NOTHING) === MORE || this.#atEnd()) return false;
      this.#skip--;
      return true;
    }
    const found = records.scan();
    if (found === MORE) return false;
    if (found === UNCLOSED) this.#failUnclosed();
    if (found === NOTHING) return true;
    if (this.#needsHeader) this.#readHeader(found);
    else if (found === BROKEN) this.#reject(records.problem);
    else this.#emit();
    return true;
  }

  #atEnd(): boolean {
    return this.#cursor.position === this.#cursor.end;
  }

  #readHeader(found: number): void {
    const records = this.#records;
    if (found === BROKEN) {
      throw headerBroken(this.#cursor.placeOf(this.#cursor.position), `${records.problem}, in the header line.`);
    }
    this.#needsHeader = false;
    if (this.#columns.length > 0) return;
    const written = Array.from({ length: records.count }, (_, field) => records.text(field));
    this.#name(columnNames(written), this.#cursor.line);
  }

  #name(columns: readonly string[], line: number): void {
    const { names, handler } = this.#options;
    this.#columns = columns.map((name) => names.intern(name));
    handler.header?.(this.#columns, line);
  }

  #emit(): void {
    const records = this.#records;
    if (this.#columns.length === 0) this.#name(numberedNames(records.count), this.#cursor.line);
    const problem = this.#miscounted(records);
    if (problem === null) this.#tell(records);
    else this.#reject(problem);
  }

  /** What is wrong with the number of fields. */
  #miscounted(records: RecordScanner): string | null {
    const { count } = records;
    const { length } = this.#columns;
    const { isTrailing, header, columns } = this.#options.shape;
    if (isTrailing === true ? count === length + 1 && records.rawLength(length) === 0 : count === length) return null;
    const expected = isTrailing === true || (header && columns === null) ? 'the header' : 'the file';
    const trailing = isTrailing === true ? ' and the other records end with a delimiter behind them' : '';
    return `The record has ${counted(count, 'field')} where ${expected} has ${counted(length, 'column')}${trailing}`;
  }

  #tell(records: RecordScanner): void {
    const columns = this.#columns;
    const { handler } = this.#options;
    const { line } = this.#cursor;
    handler.open(this.#row, line);
    for (let field = 0; field < columns.length; field++) {
      const nulls = this.#nulls[records.rawLength(field)];
      if (nulls !== undefined && records.isRaw(field, nulls)) continue;
      handler.open(columns[field] as number, line);
      if (handler.wantsText) handler.text(records.text(field));
      handler.close();
    }
    handler.close();
  }

  #reject(problem: string): void {
    const { handler } = this.#options;
    const corrected = handler.correctedRecord?.(this.#row) ?? null;
    if (corrected !== null) this.#tellInstead(corrected);
    else handler.brokenRecord?.(this.#row, this.#cursor.line, this.#rawText(), `${problem}${this.#whichLines()}`);
  }

  /** Somebody's own text for a record that cannot be read. */
  #tellInstead(text: string): void {
    const { shape, handler } = this.#options;
    const records = scanReplacement(text, shape, this.#limits.fields);
    if (typeof records !== 'string' && this.#columns.length === 0) {
      this.#name(numberedNames(records.count), this.#cursor.line);
    }
    const problem = typeof records === 'string' ? records : this.#miscounted(records);
    if (typeof records !== 'string' && problem === null) this.#tell(records);
    else handler.brokenRecord?.(this.#row, this.#cursor.line, shortened(text), `${problem}, in the corrected text`);
  }

  #rawText(): string {
    const { bytes, position } = this.#cursor;
    // Four bytes make a character at most.
    return shortened(bytes.toString('utf8', position, Math.min(this.#records.stop, position + KEPT_RAW_LENGTH * 4)));
  }

  #whichLines(): string {
    const { line } = this.#cursor;
    const last = line + this.#records.lines - 1;
    return last > line ? ` (the record takes lines ${line} to ${last})` : '';
  }

  #failUnclosed(): never {
    const cursor = this.#cursor;
    const place = cursor.placeOf(cursor.position + this.#records.opened);
    throw unclosedQuote(place, this.placeOfEnd().line ?? 1);
  }

  #assertLength(kept: number): void {
    if (kept <= this.#limits.recordBytes) return;
    const { opened } = this.#records;
    const place = this.#cursor.placeOf(this.#cursor.position + Math.max(opened, 0));
    const what = opened < 0 ? 'The record that begins here' : 'The field whose quotation mark opens here';
    throw limitExceeded(place, `${what} is not over after ${this.#limits.recordBytes} bytes.`);
  }
}

function shortened(text: string): string {
  const raw = text.length > KEPT_RAW_LENGTH ? `${text.slice(0, KEPT_RAW_LENGTH - 1)}…` : text;
  return raw.toWellFormed();
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
