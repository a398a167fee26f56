import type { UncertaintyCode } from '#contract/inference';
import type { MomentEvidence } from './moment-evidence.ts';
import type { NumberEvidence } from './number-evidence.ts';
import type { TypeEvidence } from './type-evidence.ts';

/** A column's type with all the mapping has to say of how its values are written. */
export interface ChosenType {
  readonly type: string;
  readonly formats?: readonly string[];
  readonly decimal?: readonly DecimalSign[];
  readonly round?: boolean;
  readonly doubt?: TypeDoubt;
}

interface TypeDoubt {
  readonly code: UncertaintyCode;
  readonly why: string;
}

/** What all values of a column show together. */
export interface JudgedValues {
  /** Values that are not empty. */
  readonly count: number;
  readonly evidence: TypeEvidence;
}

export type DecimalSign = '.' | ',';

/** What is known beside the values. */
export interface KnownOfValues {
  /** The sign somebody says decimals are written with, for numbers that leave it open. */
  readonly decimal?: DecimalSign | undefined;
  /** There are values that nobody looked at. */
  readonly isSample?: boolean | undefined;
  /** The sign with which other values of the same source part their decimals, where all of them agree. */
  readonly seen?: DecimalSign | undefined;
  /** A point in a number is no separator of thousands: the source's format says so (JSON). */
  readonly hasPoints?: boolean | undefined;
}

/** A double holds this many digits exactly. */
const EXACT_DIGITS = 15;
/** Room for larger numbers than those seen. */
const SPARE_DIGITS = 4;
const LEAST_WHOLE_DIGITS = 10;
const MOST_DIGITS = 38;
/** Shorter numbers of one length are more often years and amounts. */
const LEAST_CODE = 5;
/** One zero and one one may be anything. */
const counted = new Intl.NumberFormat('en-US');

/** Chooses the narrowest type that every value seen can be read as without loss or guess; else text. */
export function chooseType(values: JudgedValues, known: KnownOfValues = {}): ChosenType {
  const { evidence, count } = values;
  if (count === 0) return { type: 'text', doubt: { code: 'ALWAYS_EMPTY', why: 'it was empty wherever it stood' } };
  if (evidence.isText) return textBecause(values);
  if (evidence.truth || (evidence.yesNo && evidence.sawYes && evidence.sawNo)) return { type: 'boolean' };
  if (evidence.uuid) return { type: 'uuid' };
  if (!evidence.numbers.refuted) return numberType(evidence.numbers, count, known);
  if (!evidence.moments.refuted) return momentType(evidence.moments, count);
  return textBecause(values);
}

function textBecause({ evidence, count }: JudgedValues): ChosenType {
  const { leadingZero } = evidence.numbers;
  if (leadingZero === 0) return { type: 'text' };
  const why = `values begin with a zero that a number would lose (at least ${counted.format(leadingZero)} of ${counted.format(count)})`;
  return { type: 'text', doubt: { code: 'TYPE_LEADING_ZERO', why } };
}

function numberType(numbers: NumberEvidence, count: number, known: KnownOfValues): ChosenType {
  const { decimal, isSample, hasPoints, seen } = known;
  const { dot, comma, signed, scientific } = numbers;
  if (scientific > 0) return scientificType(numbers);
  if (signed === 0) return isSample === true && mayBeCodes(numbers) ? codeType(numbers, count) : wholeType(numbers);
  if (!dot.possible || !comma.possible) return signedType(numbers, dot.possible ? '.' : ',');
  if (decimal !== undefined) return signedType(numbers, decimal);
  if (hasPoints === true && comma.fraction === 0) return signedType(numbers, '.');
  return ambiguousType(numbers, count, seen);
}

/** Whether `1.000` is one or a thousand is not guessed from the values alone. */
function ambiguousType(numbers: NumberEvidence, count: number, seen: DecimalSign | undefined): ChosenType {
  const { dot, comma } = numbers;
  const ways =
    dot.fraction === 0
      ? 'with a decimal comma, or with commas between thousands'
      : comma.fraction === 0
        ? 'with a decimal point, or with points between thousands'
        : 'with a decimal point or with a decimal comma';
  const why = `all ${counted.format(count)} values can be read ${ways}`;
  const doubt = { code: 'TYPE_AMBIGUOUS_NUMBER' } as const;
  if (seen === undefined) return { type: 'text', doubt: { ...doubt, why } };
  const as = seen === '.' ? 'decimal points' : 'decimal commas';
  return { ...signedType(numbers, seen), doubt: { ...doubt, why: `${why}; other values here have ${as}` } };
}

function signedType({ dot, comma }: NumberEvidence, sign: DecimalSign): ChosenType {
  if (sign === '.') return decimalType(dot.whole, dot.fraction);
  return { ...decimalType(comma.whole, comma.fraction), decimal: [','] };
}

function wholeType({ fitsInteger, fitsBigint, mostDigits }: NumberEvidence): ChosenType {
  if (fitsInteger) return { type: 'integer' };
  if (fitsBigint) return { type: 'bigint' };
  const why = `values have up to ${mostDigits} digits, more than bigint holds`;
  return { type: 'text', doubt: { code: 'TYPE_TOO_LARGE', why } };
}

/** Numbers of one length may be codes, of which only some that were not looked at begin with a zero. */
function mayBeCodes({ leastDigits, mostDigits }: NumberEvidence): boolean {
  return leastDigits === mostDigits && mostDigits >= LEAST_CODE;
}

function codeType({ mostDigits }: NumberEvidence, count: number): ChosenType {
  const why = `all ${counted.format(count)} values looked at have ${mostDigits} digits, as codes have: a number would lose the zero of one that begins so`;
  return { type: 'text', doubt: { code: 'TYPE_LEADING_ZERO', why } };
}

function decimalType(whole: number, fraction: number): ChosenType {
  const precision = Math.max(whole + SPARE_DIGITS, LEAST_WHOLE_DIGITS) + fraction;
  return { type: precision > MOST_DIGITS ? 'numeric' : `numeric(${precision},${fraction})` };
}

function scientificType({ mostDigits }: NumberEvidence): ChosenType {
  if (mostDigits <= EXACT_DIGITS) return { type: 'double precision' };
  const why = `numbers with an exponent have up to ${mostDigits} digits, more than double precision keeps`;
  return { type: 'text', doubt: { code: 'TYPE_TOO_LARGE', why } };
}

const ISO_TYPES: Readonly<Record<string, string>> = {
  'iso-date': 'date',
  'iso-timestamp': 'timestamp',
  'iso-timestamp-zone': 'timestamptz',
  'iso-time': 'time',
};

function momentType(moments: MomentEvidence, count: number): ChosenType {
  const shapes = [...moments.shapes].sort();
  const [shape = ''] = shapes;
  if (shapes.length > 1) return severalShapes(shapes, moments, count);
  const iso = ISO_TYPES[shape];
  if (iso !== undefined) return rounded(iso, moments);
  if (shape === 'iso-date-zone') return disagreeing('the dates name a zone, which a date column cannot keep');
  const type = shape.includes('HH') ? 'timestamp' : 'date';
  if (!shape.startsWith('?')) return { type, formats: [shape] };
  if (moments.dayFirst && moments.monthFirst) {
    const sign = shape[1] ?? '/';
    const why = `all ${counted.format(count)} values can be read as dd${sign}MM${sign}yyyy and as MM${sign}dd${sign}yyyy`;
    return { type: 'text', doubt: { code: 'TYPE_AMBIGUOUS_DATE', why } };
  }
  const [first, second] = moments.dayFirst ? ['dd', 'MM'] : ['MM', 'dd'];
  return { type, formats: [shape.replace('?', first).replace('?', second)] };
}

function severalShapes(shapes: readonly string[], moments: MomentEvidence, count: number): ChosenType {
  if (shapes.join(' ') === 'iso-date iso-timestamp') {
    const why = 'some values are dates, some have a time: dates alone are read as midnight';
    return { ...rounded('timestamp', moments), doubt: { code: 'TYPE_DISAGREES', why } };
  }
  const written = shapes.map((shape) => shape.replace('iso-', 'ISO ').replaceAll('?', 'd or M'));
  return disagreeing(`${counted.format(count)} dates or times are written in several ways: ${written.join(', ')}`);
}

function disagreeing(why: string): ChosenType {
  return { type: 'text', doubt: { code: 'TYPE_DISAGREES', why } };
}

function rounded(type: string, { tooFine }: MomentEvidence): ChosenType {
  if (tooFine === 0) return { type };
  const why = `${counted.format(tooFine)} values have more digits of a second than the six that PostgreSQL keeps: they are rounded`;
  return { type, round: true, doubt: { code: 'TYPE_ROUNDED', why } };
}
