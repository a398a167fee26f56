import { detectByteOrderMark } from '../../decode/byte-order-mark.ts';
import { columnNames, numberedNames } from '../column-names.ts';
import type { CsvDialect } from '../dialect.ts';
import { type ColumnType, type DecimalSign, guessDecimal, guessType } from './column-type.ts';
import type { Guess } from './guess.ts';
import { guessHeader } from './guess-header.ts';
import { guessNullValues } from './guess-null-values.ts';
import { readSample, type SampleRecord } from './read-sample.ts';
import { SAMPLE_BYTES, sampleText } from './sample.ts';
import { AMBIGUOUS, type Candidate, type DialectGuess, sniffDialect } from './sniff-dialect.ts';
import { sniffEncoding } from './sniff-encoding.ts';

export interface CsvGuess {
  readonly encoding: Guess<string>;
  readonly delimiter: Guess<string>;
  readonly quote: Guess<string | null>;
  readonly escape: Guess<string | null>;
  readonly comment: Guess<string | null>;
  /** Lines above the first record (or header) that belong to no table. */
  readonly skipLines: Guess<number>;
  readonly header: Guess<boolean>;
  readonly decimal: Guess<DecimalSign>;
  /** As the mapping's `nullValues` wants them. */
  readonly nullValues: Guess<readonly string[]>;
  readonly columns: readonly ColumnGuess[];
}

interface ColumnGuess extends ColumnType {
  readonly name: string;
}

/**
 * Guesses everything about a CSV file that a mapping has to say, each with how sure that is and why.
 * @param head the first bytes of the file; 256 kB of them are looked at. Fewer are taken for the whole file.
 */
export function sniffCsv(head: Buffer): CsvGuess {
  const sample = head.subarray(0, SAMPLE_BYTES);
  const isWhole = sample.length < SAMPLE_BYTES;
  const encoding = sniffEncoding(sample, isWhole);
  const markLength = detectByteOrderMark(sample)?.length ?? 0;
  const text = sampleText(sample, { encoding: encoding.value, markLength });
  const { guess, comment } = withComment(text, isWhole);
  const { best } = guess;
  const { dialect } = best.reading;
  const whole = readSample(text, dialect, { isWhole, ...ALL });
  const records = whole.records.slice(best.before).filter(({ count }) => count === best.fields);
  const sure = { confidence: guess.confidence, evidence: guess.evidence };
  return {
    encoding,
    delimiter: { value: dialect.delimiter, ...sure },
    quote: { value: dialect.quote, ...sure, evidence: quoteEvidence(records, dialect.quote) },
    escape: { value: dialect.escape, ...sure, evidence: escapeEvidence(dialect) },
    comment,
    skipLines: skipLines(best, guess),
    ...describeTable(records, best.fields),
  };
}

const ALL = { skipLines: 0, kept: Number.POSITIVE_INFINITY, compared: Number.POSITIVE_INFINITY };

type TableGuess = Pick<CsvGuess, 'header' | 'decimal' | 'nullValues' | 'columns'>;

function describeTable(records: readonly SampleRecord[], fields: number): TableGuess {
  const header = guessHeader(records);
  const rows = header.value ? records.slice(1) : records;
  const written = records[0]?.cells.map(({ text }) => text) ?? [];
  const names = header.value ? columnNames(written) : numberedNames(fields);
  const cells = names.map((_, column) => rows.flatMap(({ cells: row }) => row[column] ?? []));
  const nullValues = guessNullValues(cells);
  const tokens = new Set(nullValues.value);
  const values = cells.map((column) =>
    column
      .filter(({ text, quoted }) => text.trim() !== '' && (quoted || !tokens.has(text)))
      .map(({ text }) => text.trim()),
  );
  const decimal = guessDecimal(values);
  const columns = names.map((name, column) => ({ name, ...guessType(values[column] ?? [], decimal.value) }));
  return { header, decimal, nullValues, columns };
}

/** Lines that begin with # are comments when the rest makes an evener table without them. */
function withComment(text: Buffer, isWhole: boolean): { guess: DialectGuess; comment: Guess<string | null> } {
  const plain = sniffDialect(text, isWhole, {});
  const none = { value: null, confidence: 0.9, evidence: 'no line looks like a comment' };
  if (!/(?:^|[\r\n])#/.test(text.toString('utf8'))) return { guess: plain, comment: none };
  const guess = sniffDialect(text, isWhole, { comment: '#' });
  if (!isEvener(guess.best, plain.best)) return { guess: plain, comment: none };
  const confidence = plain.isEvenSomehow ? Math.min(guess.confidence, AMBIGUOUS) : guess.confidence;
  return {
    guess: { ...guess, confidence },
    comment: { value: '#', confidence, evidence: 'lines that begin with # do not fit the table' },
  };
}

function isEvener(a: Candidate, b: Candidate): boolean {
  if (a.fields < 2 && b.fields >= 2) return false;
  return a.even > b.even || (a.even === b.even && (a.before < b.before || (a.fields > 1 && b.fields < 2)));
}

function skipLines(best: Candidate, { confidence }: DialectGuess): Guess<number> {
  if (best.before === 0) return { value: 0, confidence: 0.95, evidence: 'the table begins with the first line' };
  const line = best.reading.records[best.before]?.line ?? 1;
  const evidence = `the first ${line - 1} lines have another number of fields than the lines from ${line} on`;
  return { value: line - 1, confidence: Math.min(confidence, 0.85), evidence };
}

function quoteEvidence(records: readonly SampleRecord[], quote: string | null): string {
  if (quote === null) return 'quotation marks that stand in the file do not enclose fields';
  const quoted = records.reduce((sum, { cells }) => sum + cells.filter((cell) => cell.quoted).length, 0);
  return quoted === 0 ? 'no field is quoted; this is the usual quotation mark' : `${quoted} fields are quoted`;
}

function escapeEvidence(dialect: CsvDialect): string {
  if (dialect.escape === null) return 'nothing is escaped';
  if (dialect.escape === dialect.quote) return 'quotation marks inside fields are doubled, as is usual';
  return 'backslashes stand before quotation marks';
}
