/** A date, a time of day, or both, as read from a text. Readers fill one and the same object again and again. */
export interface Moment {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** Digits after the second's decimal sign, as written. */
  fraction: string;
  /** Minutes east of UTC; null when the text names no zone. */
  zone: number | null;
}

/** Fills `into` and returns true when the whole text has the reader's form, whether or not such a day exists. */
export type MomentReader = (text: string, into: Moment) => boolean;

export function emptyMoment(): Moment {
  return { year: 1, month: 1, day: 1, hour: 0, minute: 0, second: 0, fraction: '', zone: null };
}

export function resetMoment(into: Moment): void {
  into.year = 1;
  into.month = 1;
  into.day = 1;
  into.hour = 0;
  into.minute = 0;
  into.second = 0;
  into.fraction = '';
  into.zone = null;
}

/** PostgreSQL refuses offsets of 16 hours and more. */
const LARGEST_OFFSET_MINUTES = 15 * 60 + 59;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const TWO_DIGITS = Array.from({ length: 100 }, (_, value) => `${value}`.padStart(2, '0'));
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** @returns why there is no such date or time (proleptic Gregorian calendar), or null. */
export function impossibility(moment: Moment): string | null {
  const { year, month, day } = moment;
  if (year < 1) return 'there is no year 0';
  if (month < 1 || month > 12) return `there is no month ${month}`;
  const days = daysIn(year, month);
  if (day < 1 || day > days) return `${MONTHS[month - 1]} ${year} has ${days} days, not ${day}`;
  if (moment.hour > 23) return `there is no hour ${moment.hour}`;
  if (moment.minute > 59) return `there is no minute ${moment.minute}`;
  if (moment.second > 59) return `there is no second ${moment.second}`;
  if (moment.zone !== null && Math.abs(moment.zone) > LARGEST_OFFSET_MINUTES) return 'no zone is 16 hours from UTC';
  return null;
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
}

/** @returns the month (1-12) an English name or its first three letters means at `at`, and where it ends; or null. */
export function monthNamed(text: string, at: number, short: boolean): { month: number; end: number } | null {
  for (const [index, name] of MONTHS.entries()) {
    const wanted = short ? name.slice(0, 3) : name;
    if (text.slice(at, at + wanted.length).toLowerCase() === wanted.toLowerCase()) {
      return { month: index + 1, end: at + wanted.length };
    }
  }
  return null;
}

export function printDate({ year, month, day }: Moment): string {
  return `${two(Math.trunc(year / 100))}${two(year % 100)}-${two(month)}-${two(day)}`;
}

export function printTime({ hour, minute, second, fraction }: Moment): string {
  const time = `${two(hour)}:${two(minute)}:${two(second)}`;
  return fraction === '' ? time : `${time}.${fraction}`;
}

export function printZone(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function two(value: number): string {
  return TWO_DIGITS[value] ?? `${value}`;
}
