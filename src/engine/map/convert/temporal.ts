import { type BadValue, badValue, type ConvertText } from './converter.ts';
import { compileFormat } from './format-reader.ts';
import { readIsoMoment, readIsoTime } from './iso-moment.ts';
import {
  emptyMoment,
  impossibility,
  type Moment,
  type MomentReader,
  printDate,
  printTime,
  printZone,
  resetMoment,
} from './moment.ts';
import { roundDigits } from './number-text.ts';

type TemporalKind = 'date' | 'time' | 'timestamp' | 'timestamptz';

interface TemporalOptions {
  readonly kind: TemporalKind;
  /** Digits of a second the column keeps; null: PostgreSQL's 6. */
  readonly precision: number | null;
  readonly formats: readonly string[] | undefined;
  readonly round: boolean;
  readonly place: string;
}

const MOST_FRACTION_DIGITS = 6;

/**
 * date, time, timestamp and timestamptz. A date alone is midnight; midnight alone is a date. A zone in a column that
 * keeps none is refused, unless an own format asks for it (`XXX`): then the time is kept as written there. Hour 24 and
 * second 60 are refused.
 */
export function temporalConverter(options: TemporalOptions): ConvertText {
  const readers = readersFor(options);
  const expected = options.formats === undefined ? `ISO ${options.kind}` : options.formats.join(', ');
  const finish = finisher(options);
  const written = options.formats === undefined ? asWritten : () => null;
  const moment = emptyMoment();
  return (text) => {
    let impossible: string | null = null;
    for (const read of readers) {
      if (!read(text, moment)) continue;
      const objection = impossibility(moment);
      if (objection === null) return written(text, options.kind, moment) ?? finish(moment);
      impossible ??= objection;
    }
    return impossible === null ? badValue(`is not written as ${expected}`) : badValue(`cannot be: ${impossible}`);
  };
}

function readersFor({ kind, formats, place }: TemporalOptions): readonly MomentReader[] {
  const family = kind === 'time' ? 'time' : 'date';
  if (formats !== undefined) return formats.map((format) => compileFormat(format, family, place));
  const read = kind === 'time' ? readIsoTime : readIsoMoment;
  return [
    (text, into) => {
      resetMoment(into);
      return read(text, into);
    },
  ];
}

function finisher({ kind, precision, round, formats }: TemporalOptions): (moment: Moment) => string | BadValue {
  const keepsZone = kind === 'timestamptz' || formats !== undefined;
  const digits = precision ?? MOST_FRACTION_DIGITS;
  return (moment) => {
    if (!keepsZone && moment.zone !== null) return zoneRefused(kind, moment.zone);
    if (kind === 'date') return isMidnight(moment) ? printDate(moment) : timeRefused(moment);
    if (moment.fraction !== '' && !fitFraction(moment, digits, round)) {
      return badValue(
        `has ${moment.fraction.length} digits of a second, the column keeps ${digits} and does not round`,
      );
    }
    switch (kind) {
      case 'time':
        return printTime(moment);
      case 'timestamp':
        return `${printDate(moment)} ${printTime(moment)}`;
      case 'timestamptz': {
        const zone = moment.zone === null ? '' : printZone(moment.zone);
        return `${printDate(moment)} ${printTime(moment)}${zone}`;
      }
      default:
        return kind satisfies never;
    }
  };
}

/** ISO texts without fraction and zone are PostgreSQL's own form already, but for the T. @returns null for all others. */
function asWritten(text: string, kind: TemporalKind, moment: Moment): string | null {
  if (kind === 'date') return text.length === 10 ? text : null;
  if (kind === 'time' || text.length !== 19 || moment.fraction !== '' || moment.zone !== null) return null;
  return text.charCodeAt(10) === 0x20 ? text : `${text.slice(0, 10)} ${text.slice(11)}`;
}

function isMidnight({ hour, minute, second, fraction }: Moment): boolean {
  return hour + minute + second === 0 && !/[1-9]/.test(fraction);
}

/** Shortens the fraction to `digits`: zeros may go, others only with `round`. @returns false when it does not fit. */
function fitFraction(moment: Moment, digits: number, round: boolean): boolean {
  if (moment.fraction.length <= digits) return true;
  const rest = moment.fraction.slice(digits);
  if (!round && /[1-9]/.test(rest)) return false;
  const rounded = roundDigits({ negative: false, whole: '', fraction: moment.fraction }, digits);
  moment.fraction = rounded.fraction;
  // A second of 60 is what PostgreSQL reads as the next minute, over the ends of days and years too.
  if (rounded.whole === '1') moment.second += 1;
  return true;
}

function zoneRefused(kind: TemporalKind, zone: number): BadValue {
  const keep = kind === 'timestamp' ? 'use timestamptz, or a format with XXX to drop it' : 'a format with XXX drops it';
  return badValue(`names the zone ${printZone(zone)}, which a ${kind} column cannot keep; ${keep}`);
}

function timeRefused(moment: Moment): BadValue {
  return badValue(`holds the time ${printTime(moment)}, which a date column cannot keep`);
}
