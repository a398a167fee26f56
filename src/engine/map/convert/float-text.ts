type FloatKind = 'real' | 'double precision';

interface FloatFacts {
  /** Digits of a decimal number that always come back. */
  readonly safeDigits: number;
  /** As far as that holds: least and greatest power of ten of the first digit. */
  readonly safePowers: readonly [number, number];
  /** Digits that tell every value from its neighbours. */
  readonly mostDigits: number;
  readonly nearest: (text: string) => number;
  /** Whether the number lies halfway between two values, of which reading it takes one. */
  readonly isHalfway: (number: Decimal, value: number) => boolean;
}

const FLOATS: Readonly<Record<FloatKind, FloatFacts>> = {
  real: {
    safeDigits: 6,
    safePowers: [-36, 6],
    mostDigits: 9,
    nearest: (text) => Math.fround(Number(text)),
    isHalfway: isHalfwayReal,
  },
  'double precision': {
    safeDigits: 15,
    safePowers: [-300, 14],
    mostDigits: 17,
    nearest: Number,
    isHalfway: isHalfwayDouble,
  },
};

/**
 * What is read back from a column of the type is the shortest decimal number that lies nearer to the value than to its
 * neighbours, as PostgreSQL prints it.
 * @returns null when that is the number itself, else what it is.
 */
export function readsBack(text: string, kind: FloatKind): string | null {
  const facts = FLOATS[kind];
  const { safeDigits, safePowers, nearest } = facts;
  const sent = decimalOf(text);
  if (sent.digits.length <= safeDigits && sent.power >= safePowers[0] && sent.power <= safePowers[1]) return null;
  const value = nearest(text);
  const read = shortest(Math.abs(value), facts);
  if (sent.digits === read.digits && sent.power === read.power) return null;
  return `${value < 0 ? '-' : ''}${shown(read)}`;
}

interface Decimal {
  /** Without zeros at either end; '' for zero. */
  readonly digits: string;
  /** The power of ten of the first digit. */
  readonly power: number;
}

const NUMBER = /^[-+]?(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/;

/** The sign is left out: no float changes it. */
function decimalOf(text: string): Decimal {
  const [, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  const all = `${whole}${fraction}`;
  const first = all.search(/[1-9]/);
  if (first < 0) return { digits: '', power: 0 };
  return { digits: all.slice(first).replace(/0+$/, ''), power: whole.length - first - 1 + Number(exponent) };
}

function textOf({ digits, power }: Decimal): string {
  return `${digits}e${power - digits.length + 1}`;
}

const [LEAST_PLAIN, MOST_PLAIN] = [-5, 20];

function shown({ digits, power }: Decimal): string {
  const isPlain = power >= LEAST_PLAIN && power <= MOST_PLAIN;
  const padded = isPlain ? digits.padStart(digits.length - Math.min(power, 0), '0').padEnd(power + 1, '0') : digits;
  const point = isPlain ? Math.max(power, 0) + 1 : 1;
  const fraction = padded.slice(point);
  return `${padded.slice(0, point)}${fraction === '' ? '' : `.${fraction}`}${isPlain ? '' : `e${power}`}`;
}

/** Enough to see which of two decimal numbers lies nearer. */
const EXACT_DIGITS = 100;

function shortest(value: number, facts: FloatFacts): Decimal {
  const exact = decimalOf(value.toPrecision(EXACT_DIGITS));
  const isNormal = exact.power > facts.safePowers[0];
  for (let length = isNormal ? facts.safeDigits : 1; length <= facts.mostDigits; length += 1) {
    const found = nearestFirst(exact, length).find(
      (one) => facts.nearest(textOf(one)) === value && !facts.isHalfway(one, value),
    );
    if (found !== undefined) return found;
  }
  return exact;
}

/** The two decimal numbers of so many digits around an exact one; of two as near the even one first. */
function nearestFirst({ digits, power }: Decimal, length: number): Decimal[] {
  const below = BigInt(digits.slice(0, length).padEnd(length, '0'));
  const rest = digits.slice(length);
  const isNearBelow = rest < '5' || (rest === '5' && below % 2n === 0n);
  const both = isNearBelow ? [below, below + 1n] : [below + 1n, below];
  return both.map((whole) => decimalOf(`${whole}e${power - length + 1}`));
}

/** A double holds what lies halfway between two reals exactly: there the other one is as far away. */
function isHalfwayReal(number: Decimal, value: number): boolean {
  const other = 2 * Number(textOf(number)) - value;
  return other !== value && Math.fround(other) === other;
}

const NUDGE = 21;

/** Halfway between two doubles, the least bit more or less is another one. */
function isHalfwayDouble({ digits, power }: Decimal, value: number): boolean {
  const scaled = BigInt(digits) * 10n ** BigInt(NUDGE);
  const exponent = power - digits.length + 1 - NUDGE;
  return [scaled - 1n, scaled + 1n].some((nudged) => Number(`${nudged}e${exponent}`) !== value);
}
