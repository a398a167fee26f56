import { badValue, type ConvertText } from './converter.ts';
import { digitsEnd } from './digits.ts';
import { type DecimalSign, printDigits, readDigits, readScientific, roundDigits, significant } from './number-text.ts';

export interface NumberOptions {
  readonly signs: readonly DecimalSign[];
  readonly round: boolean;
  /** `1.5e-7` is a number too, as JSON writes numbers; elsewhere it may well be a code. */
  readonly scientific: boolean;
}

interface IntegerRange {
  readonly name: string;
  readonly positive: string;
  readonly negative: string;
}

const RANGES: Readonly<Record<'smallint' | 'integer' | 'bigint', IntegerRange>> = {
  smallint: { name: 'smallint', positive: '32767', negative: '32768' },
  integer: { name: 'integer', positive: '2147483647', negative: '2147483648' },
  bigint: { name: 'bigint', positive: '9223372036854775807', negative: '9223372036854775808' },
};

/** PostgreSQL's own limits of numeric without precision. */
const MOST_WHOLE_DIGITS = 131_072;
const MOST_DECIMALS = 16_383;
const LONGEST_SHOWN = 40;

/** Whole numbers. Decimals, even zeros, are refused unless `round`: `1.000` may well mean a thousand. */
export function integerConverter(kind: 'smallint' | 'integer' | 'bigint', options: NumberOptions): ConvertText {
  const range = RANGES[kind];
  const always = range.positive.length - 1;
  return (text) => {
    // Any run of fewer digits than the largest value's is in range as it stands.
    if (text.length > 0 && text.length <= always && digitsEnd(text, 0) === text.length) return text;
    const read = readNumber(text, options);
    if (read === null) return notANumber(kind, options.signs);
    if (read.fraction !== '' && !options.round) return tooManyDecimals(read.fraction.length, 0);
    const whole = roundDigits(read, 0);
    const digits = significant(whole.whole);
    if (exceeds(digits, read.negative ? range.negative : range.positive)) {
      return badValue(`is outside ${range.name}, which goes from -${range.negative} to ${range.positive}`);
    }
    return printDigits({ ...whole, whole: digits, negative: read.negative && digits !== '' });
  };
}

function readNumber(text: string, { signs, scientific }: NumberOptions) {
  return readDigits(text, signs) ?? (scientific ? readScientific(text) : null);
}

function exceeds(digits: string, most: string): boolean {
  return digits.length > most.length || (digits.length === most.length && digits > most);
}

/** numeric and numeric(p,s). Decimals are counted as written: more than `scale` are refused unless `round`. */
export function numericConverter(precision: number | null, scale: number, options: NumberOptions): ConvertText {
  const mostDecimals = precision === null ? MOST_DECIMALS : scale;
  const mostDigits = precision === null ? MOST_WHOLE_DIGITS + MOST_DECIMALS : precision;
  const mostWhole = precision === null ? MOST_WHOLE_DIGITS : precision - scale;
  const plain = options.signs[0] === '.';
  return (text) => {
    if (plain && isPlain(text, mostWhole, mostDecimals)) return text;
    const read = readNumber(text, options);
    if (read === null) return notANumber('number', options.signs);
    if (read.fraction.length > mostDecimals && !options.round) {
      return tooManyDecimals(read.fraction.length, mostDecimals);
    }
    const fitted = roundDigits(read, mostDecimals);
    const whole = significant(fitted.whole);
    const decimals = fitted.fraction.padEnd(precision === null ? 0 : scale, '0');
    if (significant(whole + decimals).length > mostDigits || whole.length > MOST_WHOLE_DIGITS) {
      return badValue(overflow(precision, scale, whole.length));
    }
    return printDigits(fitted);
  };
}

/** Digits, and digits after a point, few enough to fit whatever they are: the common case, fit as it stands. */
function isPlain(text: string, mostWhole: number, mostDecimals: number): boolean {
  const whole = digitsEnd(text, 0);
  if (whole === 0 || whole > mostWhole) return false;
  if (whole === text.length) return true;
  const decimals = text.length - whole - 1;
  const ends = text.charCodeAt(whole) === 0x2e && digitsEnd(text, whole + 1) === text.length;
  return ends && decimals > 0 && decimals <= mostDecimals;
}

function overflow(precision: number | null, scale: number, whole: number): string {
  if (precision === null) return `has ${whole} digits before the decimal sign, numeric holds ${MOST_WHOLE_DIGITS}`;
  const room = Math.max(precision - scale, 0);
  return `has ${whole} digits before the decimal sign, numeric(${precision},${scale}) holds ${room}`;
}

/** real and double precision: the decimal rule, and scientific notation (`1.5e-7`). NaN and infinities are refused. */
export function floatConverter(kind: 'real' | 'double precision', options: NumberOptions): ConvertText {
  return (text) => {
    const at = Math.max(text.lastIndexOf('e'), text.lastIndexOf('E'));
    const read = readDigits(at < 0 ? text : text.slice(0, at), options.signs);
    const exponent = at < 0 ? '' : text.slice(at + 1);
    if (read === null || (at >= 0 && !isExponent(exponent))) return notANumber('number', options.signs);
    const printed = printDigits(read) + (at < 0 ? '' : `e${exponent}`);
    const value = kind === 'real' ? Math.fround(Number(printed)) : Number(printed);
    const vanished = value === 0 && significant(read.whole + read.fraction) !== '';
    return Number.isFinite(value) && !vanished ? printed : badValue(`is outside the range of ${kind}`);
  };
}

function isExponent(text: string): boolean {
  const first = text.charCodeAt(0);
  const start = first === 0x2d || first === 0x2b ? 1 : 0;
  return text.length > start && text.length <= start + 5 && digitsEnd(text, start) === text.length;
}

function notANumber(kind: string, signs: readonly DecimalSign[]) {
  const what = kind === 'number' ? 'is not a number' : `is not a whole number (${kind})`;
  return badValue(`${what}; the decimal sign is ${signs.map((sign) => `"${sign}"`).join(' or ')}`);
}

function tooManyDecimals(found: number, most: number) {
  const shown = found > LONGEST_SHOWN ? `more than ${LONGEST_SHOWN}` : `${found}`;
  return badValue(`has ${shown} decimals, the column holds ${most} and does not round`);
}
