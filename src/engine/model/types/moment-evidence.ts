const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?([Zz]|[+-]\d\d(?::?\d\d)?)?$/;
const PARTED = /^(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?: (\d{1,2}):(\d\d)(?::(\d\d))?)?$/;
const TIME = /^(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?$/;

/** Cheap, for what is asked of every value of a column of texts. */
const MOMENTLIKE = /^\d{1,4}[-/.:]\d/;

/** How dates can be written: `iso…` by the default formats, the others by a format of their own. */
type Shape = string;

const SHORTEST = 5;
const LONGEST = 40;
/** PostgreSQL keeps this many digits of a second. */
const MOST_FRACTION = 6;

/** Whether all values of a path are dates or times, and in which of the forms that can be meant. */
export class MomentEvidence {
  refuted = false;
  readonly shapes = new Set<Shape>();
  /** Whether the first number can be the day, or the month, in every value. */
  dayFirst = true;
  monthFirst = true;
  /** Values with more digits of a second than PostgreSQL keeps. */
  tooFine = 0;

  add(value: string): void {
    if (this.refuted) return;
    const shape = value.length < SHORTEST || value.length > LONGEST ? null : this.#shapeOf(value);
    if (shape === null) this.refuted = true;
    else this.shapes.add(shape);
  }

  merge(other: MomentEvidence): void {
    this.refuted ||= other.refuted;
    for (const shape of other.shapes) this.shapes.add(shape);
    this.dayFirst &&= other.dayFirst;
    this.monthFirst &&= other.monthFirst;
    this.refuted ||= !this.dayFirst && !this.monthFirst;
    this.tooFine += other.tooFine;
  }

  #shapeOf(value: string): Shape | null {
    const first = value.charCodeAt(0);
    if (first < 0x30 || first > 0x39) return null;
    return this.#iso(value) ?? this.#parted(value) ?? this.#time(value);
  }

  #iso(value: string): Shape | null {
    const found = ISO.exec(value);
    if (found === null || !isDay(found[1], found[2], found[3]) || !isTime(found[4], found[5], found[6])) return null;
    this.#judgeFraction(found[7]);
    const zone = found[8];
    if (zone !== undefined && !isZone(zone)) return null;
    return `iso-${found[4] === undefined ? 'date' : 'timestamp'}${zone === undefined ? '' : '-zone'}`;
  }

  #parted(value: string): Shape | null {
    const found = PARTED.exec(value);
    if (found === null || !isTime(found[5], found[6], found[7])) return null;
    const [, first = '', sign = '', second = '', last = ''] = found;
    const time = found[5] === undefined ? '' : found[7] === undefined ? ' HH:mm' : ' HH:mm:ss';
    if (first.length === 4 && last.length <= 2) {
      return isDay(first, second, last) ? `yyyy${sign}MM${sign}dd${time}` : null;
    }
    if (first.length > 2 || last.length !== 4) return null;
    this.dayFirst &&= isDay(last, second, first);
    this.monthFirst &&= isDay(last, first, second);
    return this.dayFirst || this.monthFirst ? `?${sign}?${sign}yyyy${time}` : null;
  }

  #time(value: string): Shape | null {
    const found = TIME.exec(value);
    if (found === null || !isTime(found[1], found[2], found[3])) return null;
    this.#judgeFraction(found[4]);
    return 'iso-time';
  }

  #judgeFraction(fraction: string | undefined): void {
    if (fraction !== undefined && fraction.length > MOST_FRACTION) this.tooFine += 1;
  }
}

/** Whether a value is a date or a time by itself, whatever the others are. */
export function isMoment(value: string): boolean {
  if (value.length < SHORTEST || value.length > LONGEST || !MOMENTLIKE.test(value)) return false;
  const alone = new MomentEvidence();
  alone.add(value);
  return !alone.refuted;
}

function isDay(year: string | undefined, month: string | undefined, day: string | undefined): boolean {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (y < 1 || m < 1 || m > 12 || d < 1 || d > 31) return false;
  return d <= 28 || d <= daysIn(y, m);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isTime(hour: string | undefined, minute: string | undefined, second: string | undefined): boolean {
  return Number(hour ?? 0) < 24 && Number(minute ?? 0) < 60 && Number(second ?? 0) < 60;
}

/** PostgreSQL knows zones up to 15:59 from UTC. */
function isZone(zone: string): boolean {
  const digits = zone.replace(/\D/g, '');
  return Number(digits.slice(0, 2)) < 15 && Number(digits.slice(2)) < 60;
}
