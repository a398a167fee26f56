import type { CsvDialect } from '../dialect.ts';
import { readSample, type SampleRecord } from './read-sample.ts';

/** Where there is such a record at all, one stands here. */
const FIRST_BYTES = 16 * 1024;

/** Whether the records end with a delimiter that the header does not end with: behind it is nothing, in none of them. */
export function endsInDelimiter(header: SampleRecord | undefined, below: readonly SampleRecord[]): boolean {
  if (header === undefined || header.count === 0) return false;
  const longer = below.filter(({ count }) => count === header.count + 1);
  return longer.length * 2 > below.length && longer.every(isEmptyAtEnd);
}

function isEmptyAtEnd({ cells }: SampleRecord): boolean {
  const last = cells.at(-1);
  return last !== undefined && last.text === '' && !last.quoted;
}

/** The same of a file whose header stands behind `skipLines`; nearly always its first lines say that it is not so. */
export function hasTrailingDelimiter(
  text: Buffer,
  dialect: CsvDialect,
  { isWhole, skipLines }: { readonly isWhole: boolean; readonly skipLines: number },
): boolean {
  const options = { skipLines, kept: Number.POSITIVE_INFINITY, compared: Number.POSITIVE_INFINITY };
  const few = { ...options, isWhole: isWhole && text.length <= FIRST_BYTES };
  const [header, ...first] = readSample(text.subarray(0, FIRST_BYTES), dialect, few).records;
  if (!first.some((record) => record.count === (header?.count ?? 0) + 1 && isEmptyAtEnd(record))) return false;
  const [, ...below] = readSample(text, dialect, { ...options, isWhole }).records;
  return endsInDelimiter(header, below);
}
