/** A text that a decimal sign can be read from in one way only, or grouped by the other sign. */
const DOT = /^-?(\d*)\.(\d+)$/;
const COMMA = /^-?(\d*),(\d+)$/;
const DOT_GROUPED = /^-?([1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d+))?$/;
const COMMA_GROUPED = /^-?([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?$/;
const SCIENTIFIC = /^-?(\d+)(\.\d+)?[eE]([+-]?)\d{1,2}$/;
/** A number but for the zero; not a date (`01/02/2020`), a time or a phone number. */
const LEADING_ZERO = /^[+-]?0\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?$/;

/** Cheap, for what is asked of every value of a column of texts. */
const NUMBERLIKE = /^-?[.,]?\d[\d.,]*(?:[eE][-+]?\d+)?$/;

const INTEGER_DIGITS = '2147483647';
const BIGINT_DIGITS = '9223372036854775807';

/** What the digits need, read with one of the two decimal signs. */
class Reading {
  possible = true;
  whole = 0;
  fraction = 0;

  add(found: RegExpExecArray | null): void {
    if (found === null) {
      this.possible = false;
      return;
    }
    this.whole = Math.max(this.whole, (found[1] ?? '').replace(/\D/g, '').length);
    this.fraction = Math.max(this.fraction, (found[2] ?? '').length);
  }

  merge(other: Reading): void {
    this.possible &&= other.possible;
    this.whole = Math.max(this.whole, other.whole);
    this.fraction = Math.max(this.fraction, other.fraction);
  }
}

/** Whether all values of a path are numbers, how they are written, and what they need. */
export class NumberEvidence {
  /** Some value is no number, or begins with a zero that would be lost. */
  refuted = false;
  leadingZero = 0;
  readonly dot = new Reading();
  readonly comma = new Reading();
  /** Values with no sign between their digits. */
  plain = 0;
  signed = 0;
  scientific = 0;
  mostDigits = 0;
  /** Of those with no sign. */
  leastDigits = Number.POSITIVE_INFINITY;
  fitsInteger = true;
  fitsBigint = true;

  add(value: string): void {
    if (LEADING_ZERO.test(value)) {
      this.leadingZero += 1;
      this.refuted = true;
    }
    if (this.refuted) return;
    if (isPlain(value)) this.#addPlain(value);
    else if (SCIENTIFIC.test(value)) this.#addScientific(value);
    else this.#addSigned(value);
  }

  merge(other: NumberEvidence): void {
    this.refuted ||= other.refuted;
    this.leadingZero += other.leadingZero;
    this.dot.merge(other.dot);
    this.comma.merge(other.comma);
    this.refuted ||= !this.dot.possible && (!this.comma.possible || this.scientific + other.scientific > 0);
    this.plain += other.plain;
    this.signed += other.signed;
    this.scientific += other.scientific;
    this.mostDigits = Math.max(this.mostDigits, other.mostDigits);
    this.leastDigits = Math.min(this.leastDigits, other.leastDigits);
    this.fitsInteger &&= other.fitsInteger;
    this.fitsBigint &&= other.fitsBigint;
  }

  #addPlain(value: string): void {
    this.plain += 1;
    const digits = value.charCodeAt(0) === 0x2d ? value.slice(1) : value;
    const { length } = digits;
    this.mostDigits = Math.max(this.mostDigits, length);
    this.leastDigits = Math.min(this.leastDigits, length);
    this.dot.whole = Math.max(this.dot.whole, length);
    this.comma.whole = Math.max(this.comma.whole, length);
    if (exceeds(digits, INTEGER_DIGITS)) this.fitsInteger = false;
    if (exceeds(digits, BIGINT_DIGITS)) this.fitsBigint = false;
  }

  #addSigned(value: string): void {
    this.dot.add(DOT.exec(value) ?? DOT_GROUPED.exec(value));
    this.comma.add(COMMA.exec(value) ?? COMMA_GROUPED.exec(value));
    this.signed += 1;
    this.mostDigits = Math.max(this.mostDigits, value.replace(/\D/g, '').length);
    if (!this.dot.possible && !this.comma.possible) this.refuted = true;
  }

  /** Codes such as `12E4` look like numbers; nobody writes a number so, without a point or a sign. */
  #addScientific(value: string): void {
    const found = SCIENTIFIC.exec(value);
    if (found?.[2] === undefined && found?.[3] === '') {
      this.refuted = true;
      return;
    }
    this.scientific += 1;
    this.comma.possible = false;
    this.mostDigits = Math.max(this.mostDigits, (found?.[1] ?? '').length + (found?.[2] ?? '').length);
    if (!this.dot.possible) this.refuted = true;
  }
}

/** Whether a value is a number by itself, whatever the others are. */
export function isNumber(value: string): boolean {
  if (!NUMBERLIKE.test(value)) return false;
  const alone = new NumberEvidence();
  alone.add(value);
  return !alone.refuted;
}

function isPlain(value: string): boolean {
  const start = value.charCodeAt(0) === 0x2d ? 1 : 0;
  if (start === value.length) return false;
  for (let at = start; at < value.length; at += 1) {
    const unit = value.charCodeAt(at);
    if (unit < 0x30 || unit > 0x39) return false;
  }
  return true;
}

function exceeds(digits: string, most: string): boolean {
  return digits.length > most.length || (digits.length === most.length && digits > most);
}
