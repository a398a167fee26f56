import type { Guess } from './guess.ts';

export type DecimalSign = '.' | ',';

export interface ColumnType extends Guess<string> {
  /** For dates that are not written as ISO 8601 writes them. */
  readonly formats?: readonly string[];
}

interface Kind {
  readonly type: string;
  readonly fits: (value: string) => boolean;
  readonly formats?: readonly string[];
  /** What else the values could be. */
  readonly doubt?: string;
}

const INT4 = 2_147_483_647n;
const INT8 = 9_223_372_036_854_775_807n;
/** Digits behind a leading zero, a plus sign or a space make a code, not a number. */
const INTEGER = /^-?(?:0|[1-9]\d*)$/;
const POINT = /^-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?$/;
const COMMA = /^-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?$/;
const FLOAT = /^-?(?:0|[1-9]\d*)(?:\.\d+)?[eE][-+]?\d+$/;
const DAY_TIME = '[T ](?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,6})?)?';
const TIMESTAMP = new RegExp(`^(\\d{4})-(\\d{2})-(\\d{2})${DAY_TIME}$`);
const TIMESTAMP_ZONE = new RegExp(`^(\\d{4})-(\\d{2})-(\\d{2})${DAY_TIME}(?:Z|[-+]\\d{2}:?\\d{2})$`);
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?$/;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const FLOAT_KIND: Kind = {
  type: 'double precision',
  fits: (value) => FLOAT.test(value) || (POINT.test(value) && !value.includes(',')),
};

const KINDS: readonly Kind[] = [
  { type: 'boolean', fits: (value) => /^(?:true|false)$/i.test(value) },
  { type: 'integer', fits: (value) => isWithin(value, INT4) },
  { type: 'bigint', fits: (value) => isWithin(value, INT8) },
  { type: 'date', fits: (value) => isDay(value, /^(\d{4})-(\d{2})-(\d{2})$/, 'ymd') },
  { type: 'timestamp', fits: (value) => isDay(value, TIMESTAMP, 'ymd') },
  { type: 'timestamptz', fits: (value) => isDay(value, TIMESTAMP_ZONE, 'ymd') },
  { type: 'time', fits: (value) => TIME.test(value) },
  { type: 'uuid', fits: (value) => UUID.test(value) },
  ...['/', '-', '.'].flatMap((sign) => [writtenDate(sign, 'dmy'), writtenDate(sign, 'mdy')]),
  writtenDate('/', 'ymd'),
];

/**
 * The narrowest type that all values fit; text when they disagree, when one has a leading zero, when a number is beyond
 * bigint, when there is none.
 */
export function guessType(values: readonly string[], decimal: DecimalSign): ColumnType {
  const [first] = values;
  if (first === undefined) return { value: 'text', confidence: 0.3, evidence: 'all values seen are empty' };
  const numeric: Kind = { type: 'numeric', fits: (value) => isDecimal(value, decimal) };
  // Whole numbers that no integer type holds are more likely codes than amounts.
  const isWhole = values.every((value) => INTEGER.test(value));
  const fitting = [...KINDS, ...(isWhole ? [] : [numeric, FLOAT_KIND])].filter(({ fits }) => values.every(fits));
  const [kind] = fitting;
  if (kind === undefined) return textType(values);
  const other = kind.formats && fitting.find(({ formats }) => formats !== undefined && formats !== kind.formats);
  const doubt = other?.formats ? `, but so do they ${other.formats[0]}` : '';
  return {
    value: kind.type,
    confidence: other ? 0.5 : values.length >= 10 ? 0.95 : 0.8,
    evidence: `all ${values.length} values fit ${kind.formats?.[0] ?? kind.type}${doubt}`,
    ...(kind.formats && { formats: kind.formats }),
  };
}

/** Which sign parts decimals, by the columns in which only one of them makes every value a number. */
export function guessDecimal(columns: readonly (readonly string[])[]): Guess<DecimalSign> {
  const only = (sign: DecimalSign, other: DecimalSign) =>
    columns.filter(
      (values) =>
        values.some((value) => value.includes(sign)) &&
        values.every((value) => isDecimal(value, sign)) &&
        !values.every((value) => isDecimal(value, other)),
    ).length;
  const [points, commas] = [only('.', ','), only(',', '.')];
  if (commas > points) {
    return { value: ',', confidence: points === 0 ? 0.9 : 0.5, evidence: `${commas} columns hold decimal commas` };
  }
  if (points > 0) {
    return { value: '.', confidence: commas === 0 ? 0.95 : 0.5, evidence: `${points} columns hold decimal points` };
  }
  return { value: '.', confidence: 0.5, evidence: 'no column tells decimal points from commas' };
}

function textType(values: readonly string[]): ColumnType {
  const coded = values.find((value) => /^-?0\d|^\+\d/.test(value));
  if (coded !== undefined) {
    return {
      value: 'text',
      confidence: 0.99,
      evidence: `${JSON.stringify(coded)} would lose its first character as a number`,
    };
  }
  const large = values.find((value) => INTEGER.test(value));
  if (large !== undefined && values.every((value) => INTEGER.test(value))) {
    return { value: 'text', confidence: 0.9, evidence: 'some values are whole numbers beyond bigint' };
  }
  const odd = values.find((value) => !KINDS.some(({ fits }) => fits(value))) ?? values[0] ?? '';
  return {
    value: 'text',
    confidence: 0.95,
    evidence: `no other type fits all values, e.g. ${JSON.stringify(odd.slice(0, 40))}`,
  };
}

function isWithin(value: string, most: bigint): boolean {
  if (!INTEGER.test(value) || value === '-0') return false;
  if (value.length < 10) return true;
  const number = BigInt(value);
  return number <= most && number >= -most - 1n;
}

function isDecimal(value: string, sign: DecimalSign): boolean {
  return (sign === '.' ? POINT : COMMA).test(value);
}

function writtenDate(sign: string, order: 'dmy' | 'mdy' | 'ymd'): Kind {
  const parts = { d: 'dd', m: 'MM', y: 'yyyy' };
  const digits = { d: '(\\d{1,2})', m: '(\\d{1,2})', y: '(\\d{4})' };
  const letters = [...order] as ('d' | 'm' | 'y')[];
  const pattern = new RegExp(`^${letters.map((letter) => digits[letter]).join(`\\${sign}`)}$`);
  const format = letters.map((letter) => parts[letter]).join(sign);
  return { type: 'date', formats: [format], fits: (value) => isDay(value, pattern, order) };
}

/** Whether the text's groups, in this order, are a day of the calendar. */
function isDay(value: string, pattern: RegExp, order: 'dmy' | 'mdy' | 'ymd'): boolean {
  const groups = pattern.exec(value);
  if (groups === null) return false;
  const at = (letter: string) => Number(groups[order.indexOf(letter) + 1]);
  const [day, month, year] = [at('d'), at('m'), at('y')];
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
