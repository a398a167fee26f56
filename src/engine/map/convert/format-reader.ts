import { digitsEnd, fixedDigits } from './digits.ts';
import { type FormatToken, formatInvalid, type Part, tokenizeFormat } from './format-tokens.ts';
import { type Moment, type MomentReader, monthNamed, resetMoment } from './moment.ts';

/** Reads one token at `at`; returns where it ends, or -1. */
type Step = (text: string, at: number, into: Moment) => number;

/** Two-digit years: 70-99 are 1970-1999, 00-69 are 2000-2069, as in PostgreSQL. */
const PIVOT_YEAR = 70;
const DATE_PARTS: readonly Part[] = ['year', 'month', 'day'];
const NEEDS: readonly (readonly [Part, readonly Part[]])[] = [
  ['fraction', ['second']],
  ['second', ['minute']],
  ['minute', ['hour', 'hour12']],
  ['hour12', ['halfDay']],
  ['halfDay', ['hour12']],
  ['zone', ['hour', 'hour12', 'year']],
];

/**
 * Compiles a date-fns format. A two-letter token reads one or two digits, as date-fns does, but exactly two where it
 * touches another number; `yyyy` reads exactly four.
 * @throws LoadstoneError MAPPING_INVALID for a format that cannot say a whole date (or time of day).
 */
export function compileFormat(format: string, kind: 'date' | 'time', place: string): MomentReader {
  const tokens = tokenizeFormat(format, place);
  const objection = objectionTo(tokens, kind);
  if (objection !== null) throw formatInvalid(format, place, objection);
  const steps = tokens.map((token, index) => {
    const touchesNext = isNumeric(tokens[index + 1], 'start');
    const touches = touchesNext || isNumeric(tokens[index - 1], 'end');
    if (touchesNext && token.kind === 'part' && /^[MdHhms]$/.test(token.letters)) {
      throw formatInvalid(format, place, `"${token.letters}" touches another number; write it with two letters`);
    }
    return stepFor(token, touches);
  });
  return (text, into) => {
    resetMoment(into);
    let at = 0;
    for (const step of steps) {
      at = step(text, at, into);
      if (at < 0) return false;
    }
    return at === text.length;
  };
}

function objectionTo(tokens: readonly FormatToken[], kind: 'date' | 'time'): string | null {
  const parts = tokens.flatMap((token) => (token.kind === 'part' ? [token.part] : []));
  const has = (part: Part) => parts.includes(part);
  const twice = parts.find((part, index) => parts.indexOf(part) !== index);
  if (twice !== undefined) return `it says the ${twice} twice`;
  if (has('hour') && (has('hour12') || has('halfDay'))) return 'it mixes hours of 24 with hours of 12';
  for (const [part, needed] of NEEDS) {
    if (has(part) && !needed.some(has)) return `it has a ${part} without ${needed.join(' or ')}`;
  }
  if (kind === 'time') {
    if (DATE_PARTS.some(has)) return 'a time column has no place for a date';
    return has('hour') || has('hour12') ? null : 'it has no hour';
  }
  const missing = DATE_PARTS.find((part) => !has(part));
  return missing === undefined ? null : `it has no ${missing}`;
}

function isNumeric(token: FormatToken | undefined, side: 'start' | 'end'): boolean {
  if (token === undefined) return false;
  if (token.kind === 'literal') return side === 'start' ? /^\d/.test(token.text) : /\d$/.test(token.text);
  return token.part !== 'zone' && token.part !== 'halfDay' && !token.letters.startsWith('MMM');
}

function stepFor(token: FormatToken, touches: boolean): Step {
  if (token.kind === 'literal') {
    const { text: literal } = token;
    return (text, at) => (text.startsWith(literal, at) ? at + literal.length : -1);
  }
  const { part, letters } = token;
  switch (part) {
    case 'year':
      return yearStep(letters.length);
    case 'month':
      return letters.length > 2 ? monthNameStep(letters.length === 3) : numberStep('month', letters, touches);
    case 'day':
    case 'hour':
    case 'minute':
    case 'second':
      return numberStep(part, letters, touches);
    case 'hour12':
      return hour12Step(letters, touches);
    case 'halfDay':
      return readHalfDay;
    case 'fraction':
      return fractionStep(letters.length);
    case 'zone':
      return zoneStep(letters);
    default:
      return part satisfies never;
  }
}

function numberStep(part: 'month' | 'day' | 'hour' | 'minute' | 'second', letters: string, touches: boolean): Step {
  const least = letters.length === 2 && touches ? 2 : 1;
  return (text, at, into) => {
    const two = fixedDigits(text, at, 2);
    const value = two >= 0 || least === 2 ? two : fixedDigits(text, at, 1);
    if (value < 0) return -1;
    into[part] = value;
    return two >= 0 ? at + 2 : at + 1;
  };
}

function yearStep(count: number): Step {
  return (text, at, into) => {
    const value = fixedDigits(text, at, count);
    into.year = count === 2 ? value + (value < PIVOT_YEAR ? 2000 : 1900) : value;
    return value < 0 ? -1 : at + count;
  };
}

function monthNameStep(short: boolean): Step {
  return (text, at, into) => {
    const found = monthNamed(text, at, short);
    if (found === null) return -1;
    into.month = found.month;
    return found.end;
  };
}

/** 1-12; the half of the day adds its twelve hours before or after. */
function hour12Step(letters: string, touches: boolean): Step {
  const read = numberStep('hour', letters, touches);
  return (text, at, into) => {
    const afternoon = into.hour;
    const end = read(text, at, into);
    if (into.hour < 1 || into.hour > 12) return -1;
    into.hour = (into.hour % 12) + afternoon;
    return end;
  };
}

/** `AM`, `pm`, `a.m.`: adds twelve hours in the afternoon, whichever side of the hour it stands on. */
function readHalfDay(text: string, at: number, into: Moment): number {
  const first = text.slice(at, at + 1).toLowerCase();
  if (first !== 'a' && first !== 'p') return -1;
  const end = ['.m.', 'm'].find((rest) => text.slice(at + 1, at + 1 + rest.length).toLowerCase() === rest);
  if (end === undefined) return -1;
  if (first === 'p') into.hour += 12;
  return at + 1 + end.length;
}

function fractionStep(count: number): Step {
  return (text, at, into) => {
    if (digitsEnd(text, at) < at + count) return -1;
    into.fraction = text.slice(at, at + count);
    return at + count;
  };
}

/** `X` takes Z for UTC, `x` does not; one letter makes the minutes optional, three part them with a colon. */
function zoneStep(letters: string): Step {
  const colon = letters.length === 3 ? 1 : 0;
  const shorter = letters.length === 1;
  return (text, at, into) => {
    const sign = text[at];
    if (sign === 'Z' && letters.startsWith('X')) {
      into.zone = 0;
      return at + 1;
    }
    const hours = fixedDigits(text, at + 1, 2);
    if ((sign !== '+' && sign !== '-') || hours < 0 || (colon === 1 && text[at + 3] !== ':')) return -1;
    const minutes = fixedDigits(text, at + 3 + colon, 2);
    if (minutes > 59 || (minutes < 0 && !shorter)) return -1;
    into.zone = (sign === '-' ? -1 : 1) * (hours * 60 + Math.max(minutes, 0));
    return minutes < 0 ? at + 3 : at + 5 + colon;
  };
}
