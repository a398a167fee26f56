import type { DialectProperty } from '#contract/inference';
import { isTyped } from './column-types.ts';
import { guessed } from './guess.ts';
import { isNullToken } from './guess-null-values.ts';
import type { SampleRecord } from './read-sample.ts';

/** Rows looked at below the first. */
const LOOKED_INTO = 1_000;
const LONGEST_NAME = 128;
/** Lines above a header that are filled up to the table's number of fields. */
const MOST_PADDED = 10;

/** Whether the first record names the columns: its texts are of other types than what stands below them. */
export function guessHeader(records: readonly SampleRecord[]): DialectProperty<boolean> {
  const first = textsOf(records[0]);
  const below = columnsBelow(records, first.length);
  const differing = differingColumn(first, below);
  const typed = first.findIndex((text) => text !== '' && isTyped([text]));
  if (differing >= 0) {
    return guessed(true, typed >= 0 ? 0.8 : 0.95, 'OTHER_TYPE_BELOW', { name: first[differing] ?? '' });
  }
  if (typed >= 0) {
    if (areYears(first) && !records.slice(1, LOOKED_INTO).some((record) => areYears(textsOf(record)))) {
      return guessed(true, 0.6, 'NAMES_NOWHERE_BELOW');
    }
    return guessed(false, isCounting(first) ? 0.6 : 0.9, 'VALUE_IN_FIRST_LINE', { value: first[typed] ?? '' });
  }
  if (areNames(first) && first.every((text, column) => !below[column]?.includes(text))) {
    return guessed(true, records.length < 2 ? 0.5 : 0.7, 'NAMES_NOWHERE_BELOW');
  }
  return guessed(false, 0.6, 'LIKE_THE_OTHERS');
}

/** What stands above a header that has as many fields as the table. */
export interface AboveHeader {
  readonly records: number;
  /** They are mostly empty, as programs fill up lines: no record of the table is like that. */
  readonly isPadding: boolean;
}

/**
 * A record below the first that may be the header: it holds nothing but names, and below one of them all values are of
 * a type, which they are not when what stands above counts too.
 */
export function findLowerHeader(records: readonly SampleRecord[]): AboveHeader | null {
  if (differingColumn(textsOf(records[0]), columnsBelow(records, records[0]?.count ?? 0)) >= 0) return null;
  for (let at = 1; at < Math.min(MOST_PADDED, records.length - 1); at++) {
    const names = textsOf(records[at]);
    if (!areNames(names) || names.some((name) => isTyped([name]))) continue;
    if (differingColumn(names, columnsBelow(records.slice(at), names.length)) < 0) continue;
    return { records: at, isPadding: arePadding(records.slice(0, at)) };
  }
  return null;
}

/** Each has an empty field, and together no more than half of their fields hold something. */
function arePadding(records: readonly SampleRecord[]): boolean {
  const empty = records.map(({ cells }) => cells.filter(({ text }) => text.trim() === '').length);
  const fields = records.reduce((sum, { cells }) => sum + cells.length, 0);
  return !empty.includes(0) && empty.reduce((sum, count) => sum + count, 0) * 2 >= fields;
}

function textsOf(record: SampleRecord | undefined): readonly string[] {
  return record?.cells.map(({ text }) => text.trim()) ?? [];
}

/** The values below the first record, by column, without empty ones and tokens for none. */
function columnsBelow(records: readonly SampleRecord[], columns: number): readonly (readonly string[])[] {
  const rows = records.slice(1, LOOKED_INTO);
  return Array.from({ length: columns }, (_, column) =>
    rows.flatMap(({ cells }) => {
      const cell = cells[column];
      const text = cell?.text.trim() ?? '';
      return cell === undefined || text === '' || isNullToken(cell) ? [] : [text];
    }),
  );
}

/** A column whose first text is no value of the type that all others are; -1: there is none. */
function differingColumn(first: readonly string[], below: readonly (readonly string[])[]): number {
  return below.findIndex((values, column) => {
    const text = first[column] ?? '';
    return text !== '' && !isNullToken({ text, quoted: false }) && !isTyped([text]) && isTyped(values);
  });
}

function areNames(texts: readonly string[]): boolean {
  return texts.length > 0 && new Set(texts).size === texts.length && texts.every(isName);
}

function isName(text: string): boolean {
  return text.length <= LONGEST_NAME && /\p{L}/u.test(text) && !/[\r\n]/.test(text);
}

/** Years in order, as they stand above the columns of a statistic: 2019, 2020, 2021. */
function areYears(texts: readonly string[]): boolean {
  const years = texts.filter((text) => /^(?:19|20)\d\d$/.test(text)).map(Number);
  const others = texts.filter((text) => isTyped([text]) && !/^(?:19|20)\d\d$/.test(text));
  return others.length === 0 && years.length > 1 && isInOrder(years);
}

/** 1990, 2000, 2010, or the other way round. */
function isInOrder(years: readonly number[]): boolean {
  const sign = Math.sign((years[1] ?? 0) - (years[0] ?? 0));
  return sign !== 0 && years.every((year, at) => at === 0 || Math.sign(year - (years[at - 1] ?? 0)) === sign);
}

/** 1, 2, 3 may be numbers of columns. */
function isCounting(texts: readonly string[]): boolean {
  const numbers = texts.filter((text) => /^\d{1,9}$/.test(text)).map(Number);
  return numbers.length > 2 && isInSteps(numbers);
}

function isInSteps(numbers: readonly number[]): boolean {
  const step = (numbers[1] ?? 0) - (numbers[0] ?? 0);
  return Math.abs(step) === 1 && numbers.every((number, at) => at === 0 || number - (numbers[at - 1] ?? 0) === step);
}
