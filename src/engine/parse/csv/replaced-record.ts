import { TextCursor } from '../text-cursor.ts';
import { type CsvDialect, dialectBytes } from './dialect.ts';
import { BROKEN, NOTHING, RECORD, RecordScanner, UNCLOSED } from './record-scanner.ts';

class TextOfRecord extends TextCursor {
  constructor(text: string) {
    super();
    this.join(Buffer.from(text), true, () => undefined);
  }
}

/**
 * Reads the text that somebody wrote for a record that could not be read.
 * @returns its fields, or what is wrong with it.
 */
export function scanReplacement(text: string, dialect: CsvDialect, mostFields: number): RecordScanner | string {
  const cursor = new TextOfRecord(text.replace(/[\r\n]+$/, ''));
  const records = new RecordScanner(cursor, dialectBytes(dialect), mostFields);
  const found = records.scan();
  if (found === BROKEN) return records.problem;
  if (found === UNCLOSED) return 'A quotation mark is not closed';
  if (found !== RECORD) return found === NOTHING ? 'The text is empty or a comment' : 'The text is empty';
  return records.next === cursor.end ? records : 'The text holds more than one record';
}
