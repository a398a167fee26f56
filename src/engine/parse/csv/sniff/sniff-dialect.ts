import type { DialectEvidence } from '#contract/inference';
import type { CsvDialect } from '../dialect.ts';
import { DELIMITERS } from './delimiters.ts';
import { CONFIDENT } from './guess.ts';
import { readSample, type SampleReading } from './read-sample.ts';
import { isClean } from './value-shapes.ts';

/** Cells of so many records are looked into. */
const LOOKED_INTO = 500;
/** Never surer than this where the sample can be read evenly in another way too. */
export const AMBIGUOUS = 0.7;
const PREAMBLE_LINES = 100;
/** What a backslash may escape, besides delimiters. */
const SPECIAL = ['"', "'", '\\', '\r', '\n'];

/** What is known before: what is given is not guessed. */
export interface KnownDialect {
  readonly delimiter?: string;
  readonly quote?: string | null;
  readonly escape?: string | null;
  readonly comment?: string | null;
  readonly skipLines?: number;
}

/** One way of reading the sample, and how good it is. */
export interface Candidate {
  readonly reading: SampleReading;
  /** The usual number of fields. */
  readonly fields: number;
  /** Records in front of the first one that has as many fields. */
  readonly before: number;
  /** Share of the records from there on that have as many fields. */
  readonly even: number;
  /** Share of the cells that look like one value. */
  readonly clean: number;
}

export interface DialectGuess {
  readonly best: Candidate;
  /** In the quality of the whole: the reading, not one of its parts, is sure or not. */
  readonly confidence: number;
  readonly evidence: DialectEvidence;
  /** Some reading makes a table of all records. */
  readonly isEvenSomehow: boolean;
  /** The same with quotation marks as quotes, where they were taken as text. */
  readonly asQuotes: Candidate | null;
}

/**
 * The delimiter alone, for files that are read without anybody looking.
 * @param text the first 256 kB of a file, as UTF-8.
 */
export function sniffDelimiter(text: Buffer, isWhole: boolean, known: KnownDialect): string {
  return sniffDialect(text, isWhole, known, LOOKED_INTO).best.reading.dialect.delimiter;
}

/**
 * Reads the sample in every dialect that what it holds suggests, and chooses the one that makes the evenest table.
 * @param compared records whose cells count when readings are compared, which their confidence hangs on.
 */
export function sniffDialect(
  text: Buffer,
  isWhole: boolean,
  known: KnownDialect,
  compared: number = Number.POSITIVE_INFINITY,
): DialectGuess {
  const options = { isWhole, skipLines: known.skipLines ?? 0, kept: LOOKED_INTO, compared };
  const candidates = candidateDialects(text, known).map((dialect) => judge(readSample(text, dialect, options)));
  // The sort is stable: what is preferred stands first.
  const ranked = candidates
    .filter((one) => !isQuotedAfterAll(one, candidates))
    .toSorted((a, b) => quality(b) - quality(a));
  const first = ranked[0] as Candidate;
  const read = (dialect: CsvDialect) => judge(readSample(text, dialect, options));
  const best = first.fields < 2 && known.delimiter === undefined ? oneColumn(first, { text, isWhole, read }) : first;
  const even = candidates.filter((one) => one.fields > 1 && one.even === 1 && one.before === 0);
  const rivals = even.filter(({ reading }) => reading.digest !== best.reading.digest);
  const confidence = confidenceOf(best, rivals);
  const evidence = evidenceOf(best, rivals);
  return { best, confidence, evidence, isEvenSomehow: even.length > 0, asQuotes: quotedAlike(best, candidates) };
}

/** A single column needs a delimiter that stands nowhere in it, so that its values stay whole. */
function oneColumn(
  best: Candidate,
  {
    text,
    isWhole,
    read,
  }: { readonly text: Buffer; readonly isWhole: boolean; readonly read: (dialect: CsvDialect) => Candidate },
): Candidate {
  const { dialect } = best.reading;
  const unused = DELIMITERS.filter((one) => !text.includes(one) && one !== dialect.quote && one !== dialect.escape);
  // Behind the sample there may be what people write.
  const delimiter = isWhole ? unused[0] : (unused.findLast((one) => one < ' ' && one !== '\t') ?? unused[0]);
  if (delimiter === undefined || delimiter === dialect.delimiter) return best;
  const other = read({ ...dialect, delimiter });
  return other.even < best.even ? best : other;
}

function candidateDialects(text: Buffer, known: KnownDialect): readonly CsvDialect[] {
  const delimiters = known.delimiter === undefined ? DELIMITERS.filter((one) => text.includes(one)) : [known.delimiter];
  const sample = text.toString('utf8');
  const comment = known.comment ?? null;
  const all = quotings(sample, known).flatMap((quoting) =>
    (delimiters.length > 0 ? delimiters : [',']).map((delimiter) => ({ delimiter, comment, ...quoting })),
  );
  const usable = all.filter(({ delimiter, quote, escape: sign }) => delimiter !== quote && delimiter !== sign);
  return usable.length > 0 ? usable : all.slice(0, 1);
}

type Quoting = Pick<CsvDialect, 'quote' | 'escape'>;

function quotings(sample: string, known: KnownDialect): readonly Quoting[] {
  const backslashed = known.escape === undefined && holdsPair('\\', [...SPECIAL, ...DELIMITERS], sample);
  const withEscapes = (quote: string | null): readonly Quoting[] => {
    const usual = { quote, escape: known.escape === undefined ? quote : known.escape };
    return backslashed ? [usual, { quote, escape: '\\' }] : [usual];
  };
  if (known.quote !== undefined) return withEscapes(known.quote);
  const single = standsAsQuote("'", sample) ? withEscapes("'") : [];
  // Quotation marks that are plain text show by breaking records.
  const plain = backslashed || sample.includes('"') ? withEscapes(null) : [];
  return [...withEscapes('"'), ...single, ...plain];
}

function standsAsQuote(quote: string, sample: string): boolean {
  if (sample.startsWith(quote)) return true;
  return ['\n', '\r', ' ', ...DELIMITERS].some((before) => sample.includes(before + quote));
}

function holdsPair(first: string, seconds: readonly string[], sample: string): boolean {
  return sample.includes(first) && seconds.some((second) => sample.includes(first + second));
}

function judge(reading: SampleReading): Candidate {
  const { records } = reading;
  const fields = usualCount(records);
  const before = Math.max(
    0,
    records.findIndex(({ count }) => count === fields),
  );
  const isPreamble = before <= PREAMBLE_LINES && before * 2 <= records.length;
  const counted = isPreamble ? records.slice(before) : records;
  const even = counted.length === 0 ? 0 : counted.filter(({ count }) => count === fields).length / counted.length;
  return { reading, fields, before: isPreamble ? before : 0, even, clean: cleanShare(reading, before) };
}

/** The commonest number of fields; of equally common ones the larger. Broken records have none. */
function usualCount(records: SampleReading['records']): number {
  const counts = new Map<number, number>();
  for (const { count } of records) if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1);
  let best = 1;
  for (const [count, times] of counts) {
    const most = counts.get(best) ?? 0;
    if (times > most || (times === most && count > best)) best = count;
  }
  return best;
}

function cleanShare({ records, dialect }: SampleReading, before: number): number {
  let cells = 0;
  let clean = 0;
  for (const record of records.slice(before)) {
    for (const { text, quoted } of record.cells) {
      cells++;
      if (quoted || isClean(text, dialect)) clean++;
    }
  }
  return cells === 0 ? 0 : clean / cells;
}

function quality({ fields, before, even, clean, reading }: Candidate): number {
  const width = fields > 1 ? 1 + Math.min(fields, 20) / 200 : 0.4;
  const unquoted = reading.dialect.quote === null ? 0.95 : 1;
  const preamble = before > 0 ? 0.9 : 1;
  return even * even * width * (0.4 + 0.6 * clean) * unquoted * preamble;
}

/** The reading with the same delimiter in which quotation marks quote best. */
function quotedAlike({ reading: { dialect } }: Candidate, all: readonly Candidate[]): Candidate | null {
  if (dialect.quote !== null) return null;
  const alike = all.filter(({ reading: { dialect: own } }) => own.quote === '"' && own.delimiter === dialect.delimiter);
  return alike.toSorted((a, b) => margin(b) - margin(a))[0] ?? null;
}

/** How many more fields stand in quotes than there are records that quotes break. */
function margin({ reading: { quoted, broken } }: Candidate): number {
  return quoted - broken;
}

/** Where fields are quoted, a quotation mark that is not closed or badly placed is a fault of its record, and no text. */
function isQuotedAfterAll(one: Candidate, all: readonly Candidate[]): boolean {
  const other = quotedAlike(one, all);
  return other !== null && other.reading.quoted > 0 && margin(other) >= 0;
}

/** Quotes taken as text always read evenly where they hold no delimiter: no rival to a reading in which they all match. */
function isRival({ reading, even, before }: Candidate, other: Candidate): boolean {
  const { delimiter, quote } = other.reading.dialect;
  const isWhole = even === 1 && before === 0;
  return !(quote === null && delimiter === reading.dialect.delimiter && reading.quoted > 0 && isWhole);
}

function confidenceOf(best: Candidate, rivals: readonly Candidate[]): number {
  const count = best.reading.records.length - best.before;
  if (best.fields < 2) return 0.5;
  const sure = best.even === 1 && count > 1 ? 0.95 : CONFIDENT * best.even * (count > 1 ? 0.9 : 0.6);
  // Quotation marks at the ends of fields that were taken as text may as well be quotes gone wrong.
  const isOdd = best.reading.dialect.quote === null && best.clean < 1;
  return isOdd || rivals.some((other) => isRival(best, other)) ? Math.min(sure, AMBIGUOUS) : sure;
}

function evidenceOf(best: Candidate, rivals: readonly Candidate[]): DialectEvidence {
  if (best.fields < 2) return { code: 'ONE_COLUMN', facts: {} };
  const records = best.reading.records.length - best.before;
  const facts = { even: Math.round(best.even * records), records, fields: best.fields };
  const other = rivals.find((rival) => isRival(best, rival))?.reading.dialect;
  if (other === undefined) return { code: 'EVEN_RECORDS', facts };
  return { code: 'EVEN_IN_TWO_WAYS', facts: { ...facts, delimiter: other.delimiter, quote: other.quote ?? '' } };
}
