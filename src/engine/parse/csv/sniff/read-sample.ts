import { TextCursor } from '../../text-cursor.ts';
import { type CsvDialect, dialectBytes } from '../dialect.ts';
import { BROKEN, MORE, NOTHING, RecordScanner, UNCLOSED } from '../record-scanner.ts';

/** One record of a sample read in one dialect. */
export interface SampleRecord {
  readonly line: number;
  /** 0 for a record that is broken. */
  readonly count: number;
  readonly cells: readonly SampleCell[];
}

export interface SampleCell {
  readonly text: string;
  readonly quoted: boolean;
}

export interface SampleReading {
  readonly dialect: CsvDialect;
  readonly records: readonly SampleRecord[];
  /** Fields that stand in quotes, and records that cannot be parted; of the records whose cells were looked at. */
  readonly quoted: number;
  readonly broken: number;
  /** The same for two readings that give the same records; of the records whose cells were looked at. */
  readonly digest: string;
}

export interface SampleOptions {
  readonly isWhole: boolean;
  readonly skipLines: number;
  /** Records beyond these are counted, their cells not kept. */
  readonly kept: number;
  /** Records beyond these are counted, their cells not looked at. */
  readonly compared: number;
}

const MOST_FIELDS = 10_000;

class SampleCursor extends TextCursor {
  constructor(text: Buffer, final: boolean) {
    super();
    this.join(text, final, () => undefined);
  }
}

/** Reads a sample, given as UTF-8, with the very machine that reads files. */
export function readSample(text: Buffer, dialect: CsvDialect, options: SampleOptions): SampleReading {
  const cursor = new SampleCursor(text, options.isWhole);
  const scanner = new RecordScanner(cursor, dialectBytes(dialect), MOST_FIELDS);
  const records: SampleRecord[] = [];
  let digest = 0;
  let quoted = 0;
  let broken = 0;
  for (let skip = options.skipLines; cursor.position < cursor.end; ) {
    const found = skip > 0 ? scanner.skipLine(cursor.position, NOTHING) : scanner.scan();
    if (found === MORE) break;
    if (found === UNCLOSED) {
      records.push({ line: cursor.line, count: 0, cells: [] });
      broken++;
      break;
    }
    if (skip > 0) skip--;
    else if (found !== NOTHING) {
      const count = found === BROKEN ? 0 : scanner.count;
      const cells: SampleCell[] = [];
      if (found === BROKEN) broken++;
      const looked = records.length < options.compared ? count : 0;
      for (let field = 0; field < looked; field++) {
        const cell = { text: scanner.text(field), quoted: scanner.isQuoted(field) };
        digest = hashOf(cell.text, digest);
        if (cell.quoted) quoted++;
        if (records.length < options.kept) cells.push(cell);
      }
      digest = hashOf('\n', digest);
      records.push({ line: cursor.line, count, cells });
    }
    cursor.position = scanner.next;
    cursor.line += scanner.lines;
  }
  return { dialect, records, quoted, broken, digest: `${digest} ${records.length}` };
}

function hashOf(text: string, start: number): number {
  let hash = Math.imul(start, 31) + 1;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}
