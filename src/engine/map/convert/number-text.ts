import { digitsEnd } from './digits.ts';

/**
 * How numbers are written. `signs` are the accepted decimal signs; the other of `.` and `,` and spaces group thousands,
 * in groups of three only, one kind of separator per number. Signs are tried in order: the first reading wins.
 */

/** A number as read: digits without signs or separators; `whole` or `fraction` may be empty, not both. */
interface Digits {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

export type DecimalSign = '.' | ',';

const ZERO = 0x30;

/** @returns the digits of a decimal number, or null when the text is not one. */
export function readDigits(text: string, signs: readonly DecimalSign[]): Digits | null {
  for (const sign of signs) {
    const digits = readWithSign(text, sign);
    if (digits !== null) return digits;
  }
  return null;
}

const SCIENTIFIC = /^(-?)(\d+)(?:\.(\d+))?[eE]([-+]?\d{1,6})$/;
/** Beyond it no numeric can hold the number; it only would take memory. */
const LARGEST_EXPONENT = 150_000;

/** @returns the digits of a number as JSON writes it with an exponent, moved to their places; null when it is not one. */
export function readScientific(text: string): Digits | null {
  const [, sign, whole = '', fraction = '', power = ''] = SCIENTIFIC.exec(text) ?? [];
  const exponent = Number(power);
  if (sign === undefined || Math.abs(exponent) > LARGEST_EXPONENT) return null;
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const placed = point > 0 ? digits.padEnd(point, '0') : '0'.repeat(-point) + digits;
  const from = Math.max(point, 0);
  return { negative: sign === '-', whole: placed.slice(0, from), fraction: placed.slice(from) };
}

function readWithSign(text: string, sign: DecimalSign): Digits | null {
  const first = text.charCodeAt(0);
  const start = first === 0x2d || first === 0x2b ? 1 : 0;
  const at = text.lastIndexOf(sign);
  const fraction = at < 0 ? '' : text.slice(at + 1);
  if (digitsEnd(fraction, 0) !== fraction.length) return null;
  const whole = ungrouped(text.slice(start, at < 0 ? text.length : at), sign === '.' ? 0x2c : 0x2e);
  if (whole === null || whole.length + fraction.length === 0) return null;
  return { negative: first === 0x2d, whole, fraction };
}

/** @returns the whole part without its separators, or null when it is not digits in proper groups. */
function ungrouped(whole: string, separator: number): string | null {
  const head = digitsEnd(whole, 0);
  if (head === whole.length) return whole;
  const mark = whole.charCodeAt(head);
  // "0,123" is no way to write 123, so a leading zero never starts a grouped number.
  if (head === 0 || head > 3 || whole.charCodeAt(0) === ZERO) return null;
  if (mark !== separator && !isSpace(mark)) return null;
  let digits = whole.slice(0, head);
  for (let at = head; at < whole.length; at += 4) {
    if (whole.charCodeAt(at) !== mark || at + 4 > whole.length) return null;
    const group = whole.slice(at + 1, at + 4);
    if (digitsEnd(group, 0) !== 3) return null;
    digits += group;
  }
  return digits;
}

/** Space, no-break space, thin space, narrow no-break space. */
function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0xa0 || unit === 0x2009 || unit === 0x202f;
}

/** @returns digits without leading zeros; '' for zero. */
export function significant(digits: string): string {
  let start = 0;
  while (start < digits.length && digits.charCodeAt(start) === ZERO) start++;
  return start === 0 ? digits : digits.slice(start);
}

/** Rounds to `scale` decimals, half away from zero, as PostgreSQL's numeric does. */
export function roundDigits(digits: Digits, scale: number): Digits {
  if (digits.fraction.length <= scale) return digits;
  const kept = digits.whole + digits.fraction.slice(0, scale);
  const up = digits.fraction.charCodeAt(scale) >= 0x35;
  const rounded = up ? increment(kept) : kept;
  const point = rounded.length - scale;
  return { negative: digits.negative, whole: rounded.slice(0, point), fraction: rounded.slice(point) };
}

function increment(digits: string): string {
  let index = digits.length - 1;
  while (index >= 0 && digits.charCodeAt(index) === 0x39) index--;
  const zeros = '0'.repeat(digits.length - 1 - index);
  if (index < 0) return `1${zeros}`;
  return `${digits.slice(0, index)}${digits.charCodeAt(index) - ZERO + 1}${zeros}`;
}

/** @returns PostgreSQL input text. */
export function printDigits({ negative, whole, fraction }: Digits): string {
  const body = fraction === '' ? whole || '0' : `${whole || '0'}.${fraction}`;
  return negative ? `-${body}` : body;
}
