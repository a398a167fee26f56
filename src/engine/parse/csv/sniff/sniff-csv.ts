import type { CsvDialectFacts, CsvDialectGuess, DialectEvidenceCode, DialectProperty } from '#contract/inference';
import { forcedEncoding } from '../../decode/forced-encoding.ts';
import { columnNames, numberedNames } from '../column-names.ts';
import type { CsvDialect } from '../dialect.ts';
import { guessDecimal, typeColumn } from './column-types.ts';
import { given, guessed } from './guess.ts';
import { type AboveHeader, findLowerHeader, guessHeader } from './guess-header.ts';
import { guessNullValues } from './guess-null-values.ts';
import { readSample, type SampleRecord } from './read-sample.ts';
import { SAMPLE_BYTES, sampleText } from './sample.ts';
import { separatorLine } from './separator-line.ts';
import { AMBIGUOUS, type Candidate, type DialectGuess, type KnownDialect, sniffDialect } from './sniff-dialect.ts';
import { sniffEncoding } from './sniff-encoding.ts';
import { totalsLine } from './totals-line.ts';
import { endsInDelimiter } from './trailing-delimiter.ts';

/** What somebody said about the file: it is not guessed, and what is guessed must fit it. */
export interface KnownCsv extends KnownDialect {
  readonly encoding?: string;
  readonly header?: boolean;
  readonly decimal?: '.' | ',';
  readonly nullValues?: readonly string[];
  /** The columns' names, in order. */
  readonly columns?: readonly string[];
}

export interface CsvGuess extends CsvDialectFacts, Pick<CsvDialectGuess, 'columns'> {
  /** What the last record of the file begins with where it sums up the others. */
  readonly totals: string | null;
}

/**
 * Guesses everything about a CSV file that a mapping has to say, each with how sure that is and why.
 * @param head the first bytes of the file; 256 kB of them are looked at. Fewer are taken for the whole file.
 */
export function sniffCsv(head: Buffer, known: KnownCsv = {}): CsvGuess {
  const sample = head.subarray(0, SAMPLE_BYTES);
  const isWhole = sample.length < SAMPLE_BYTES;
  const encoding = known.encoding === undefined ? sniffEncoding(sample, isWhole) : given(known.encoding);
  const text = sampleText(sample, forcedEncoding(encoding.value, sample));
  const separator = separatorLine(text);
  if (separator === null) return { encoding, ...sniffTable(text, isWhole, known) };
  const { delimiter = separator.delimiter, skipLines } = known;
  const below = skipLines === undefined ? {} : { skipLines: Math.max(0, skipLines - 1) };
  const found = sniffTable(text.subarray(separator.length), isWhole, { ...known, delimiter, ...below });
  return {
    encoding,
    ...found,
    ...(known.delimiter === undefined && { delimiter: guessed(delimiter, 1, 'SEPARATOR_LINE') }),
    // The line counts as skipped where others are, and is passed over anyway where there are none.
    skipLines: skipLines === undefined ? withLine(found.skipLines) : given(skipLines),
  };
}

function withLine({ value, confidence, evidence }: DialectProperty<number>): DialectProperty<number> {
  if (value === 0) return { value, confidence, evidence };
  return guessed(value + 1, confidence, evidence.code, { lines: value + 1 });
}

function sniffTable(text: Buffer, isWhole: boolean, known: KnownCsv): Omit<CsvGuess, 'encoding'> {
  const { guess: found, comment } = withComment(text, isWhole, known);
  const whole = readSample(text, found.best.reading.dialect, { isWhole, ...ALL, skipLines: known.skipLines ?? 0 });
  const trailing = trailingHeader(found.best, whole.records, known);
  const guess = trailing === null ? found : { ...found, best: { ...found.best, ...trailing.best } };
  const { dialect } = guess.best.reading;
  const top = known.skipLines === undefined ? guess.best.before : 0;
  const below = trailing?.records ?? whole.records.slice(top);
  const fields = known.columns?.length ?? (known.skipLines === undefined ? guess.best.fields : (below[0]?.count ?? 0));
  const even = below.filter(({ count }) => count === fields);
  const above = known.skipLines === undefined && known.header !== false ? findLowerHeader(even) : null;
  const records = above?.isPadding === true ? even.slice(above.records) : even;
  return {
    ...dialectFacts(dialect, guess, records, known),
    comment,
    skipLines: known.skipLines === undefined ? skipLines(guess, records, above) : given(known.skipLines),
    totals: isWhole ? totalsLine(records.slice(1)) : null,
    ...describeTable(records, fields, { ...known, isSample: !isWhole }),
  };
}

/**
 * The header above records that all end with a delimiter more than it, and those records without it.
 * null: it is not so, or the first of the records is the header itself.
 */
function trailingHeader(
  { before, fields }: Candidate,
  records: readonly SampleRecord[],
  known: KnownCsv,
): { readonly best: { before: number; fields: number }; readonly records: readonly SampleRecord[] } | null {
  if (known.header === false || known.columns !== undefined) return null;
  const at = known.skipLines === undefined ? before - 1 : 0;
  const header = records[at];
  const below = records.slice(at + 1);
  if (header === undefined || header.count !== fields - 1 || !endsInDelimiter(header, below)) return null;
  const cut = [
    header,
    ...below
      .filter(({ count }) => count === fields)
      .map(({ line, count, cells }) => ({ line, count: count - 1, cells: cells.slice(0, -1) })),
  ];
  const own = guessHeader(below.filter(({ count }) => count === fields));
  if (own.value && own.evidence.code === 'OTHER_TYPE_BELOW') return null;
  if (known.header === undefined && !guessHeader(cut).value) return null;
  return { best: { before: at, fields: fields - 1 }, records: cut };
}

const ALL = { kept: Number.POSITIVE_INFINITY, compared: Number.POSITIVE_INFINITY };

function dialectFacts(
  dialect: CsvDialect,
  { confidence, evidence, asQuotes }: DialectGuess,
  records: readonly SampleRecord[],
  known: KnownDialect,
): Pick<CsvDialectFacts, 'delimiter' | 'quote' | 'escape'> {
  const { delimiter, quote, escape: sign } = dialect;
  return {
    delimiter: known.delimiter === undefined ? { value: delimiter, confidence, evidence } : given(delimiter),
    quote:
      known.quote === undefined ? guessed(quote, confidence, ...quoteEvidence(records, quote, asQuotes)) : given(quote),
    escape: known.escape === undefined ? guessed(sign, confidence, escapeCode(dialect)) : given(sign),
  };
}

type TableGuess = Pick<CsvGuess, 'header' | 'decimal' | 'nullValues' | 'columns'>;

function describeTable(
  records: readonly SampleRecord[],
  fields: number,
  known: KnownCsv & { readonly isSample: boolean },
): TableGuess {
  const header = known.header === undefined ? guessHeader(records) : given(known.header);
  const rows = header.value ? records.slice(1) : records;
  const written = records[0]?.cells.map(({ text }) => text) ?? [];
  const names = known.columns ?? (header.value ? columnNames(written) : numberedNames(fields));
  const cells = names.map((_, column) => rows.flatMap(({ cells: row }) => row[column] ?? []));
  const nullValues = known.nullValues === undefined ? guessNullValues(cells) : given(known.nullValues);
  const tokens = new Set(nullValues.value);
  const values = cells.map((column) =>
    column
      .filter(({ text, quoted }) => text.trim() !== '' && (quoted || !tokens.has(text)))
      .map(({ text }) => text.trim()),
  );
  const decimal = known.decimal === undefined ? guessDecimal(values) : given(known.decimal);
  const columns = names.map((name, column) => typeColumn(name, values[column] ?? [], known));
  return { header, decimal, nullValues, columns };
}

/** Lines that begin with # are comments when the rest makes an evener table without them. */
function withComment(
  text: Buffer,
  isWhole: boolean,
  known: KnownDialect,
): { guess: DialectGuess; comment: CsvGuess['comment'] } {
  const plain = sniffDialect(text, isWhole, known);
  if (known.comment !== undefined) return { guess: plain, comment: given(known.comment) };
  const none = guessed(null, 0.9, 'NO_COMMENTS');
  if (!/(?:^|[\r\n])#/.test(text.toString('utf8'))) return { guess: plain, comment: none };
  const guess = sniffDialect(text, isWhole, { ...known, comment: '#' });
  if (!isEvener(guess.best, plain.best)) return { guess: plain, comment: none };
  const confidence = plain.isEvenSomehow ? Math.min(guess.confidence, AMBIGUOUS) : guess.confidence;
  return {
    guess: { ...guess, confidence },
    comment: guessed('#', confidence, 'COMMENTS_DO_NOT_FIT'),
  };
}

function isEvener(a: Candidate, b: Candidate): boolean {
  if (a.fields < 2 && b.fields >= 2) return false;
  return a.even > b.even || (a.even === b.even && (a.before < b.before || (a.fields > 1 && b.fields < 2)));
}

function skipLines(
  { best, confidence }: DialectGuess,
  [first]: readonly SampleRecord[],
  above: AboveHeader | null,
): DialectProperty<number> {
  const isPadded = above?.isPadding === true;
  if (best.before === 0 && !isPadded) return guessed(0, above === null ? 0.95 : 0.6, 'BEGINS_AT_TOP');
  const lines = (first?.line ?? best.reading.records[best.before]?.line ?? 1) - 1;
  return guessed(lines, Math.min(confidence, above === null ? 0.85 : AMBIGUOUS), 'PREAMBLE', { lines });
}

type Because = [code: DialectEvidenceCode, facts?: Readonly<Record<string, number>>];

function quoteEvidence(records: readonly SampleRecord[], quote: string | null, asQuotes: Candidate | null): Because {
  if (quote === null) {
    return ['QUOTES_ARE_TEXT', { fields: asQuotes?.reading.quoted ?? 0, broken: asQuotes?.reading.broken ?? 0 }];
  }
  const fields = records.reduce((sum, { cells }) => sum + cells.filter((cell) => cell.quoted).length, 0);
  return fields === 0 ? ['NOTHING_QUOTED'] : ['FIELDS_QUOTED', { fields }];
}

function escapeCode(dialect: CsvDialect): DialectEvidenceCode {
  if (dialect.escape === null) return 'NOTHING_ESCAPED';
  return dialect.escape === dialect.quote ? 'QUOTES_DOUBLED' : 'BACKSLASHES';
}
