import { digitsEnd, fixedDigits } from './digits.ts';
import type { Moment, MomentReader } from './moment.ts';

/**
 * The default formats: `2015-06-01`, `2015-06-01T10:30`, `2015-06-01 10:30:00.5`, each with or without a zone (`Z`,
 * `+07`, `+0700`, `+07:00`).
 */
export const readIsoMoment: MomentReader = (text, into) => {
  const { length } = text;
  if (length < 10 || text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d) return false;
  into.year = fixedDigits(text, 0, 4);
  into.month = fixedDigits(text, 5, 2);
  into.day = fixedDigits(text, 8, 2);
  if (into.year < 0 || into.month < 0 || into.day < 0) return false;
  if (length === 10) return true;
  const parted = text.charCodeAt(10);
  let at = 10;
  if (parted === 0x54 || parted === 0x20 || parted === 0x74) at = readTime(text, 11, into);
  return at === length || (at > 0 && readZone(text, at, into));
};

/** A time of day, `10:30` or `10:30:00.5`, with or without a zone. */
export const readIsoTime: MomentReader = (text, into) => {
  const at = readTime(text, 0, into);
  return at === text.length || (at > 0 && readZone(text, at, into));
};

/** @returns where the time ends, or -1. */
function readTime(text: string, start: number, into: Moment): number {
  into.hour = fixedDigits(text, start, 2);
  into.minute = fixedDigits(text, start + 3, 2);
  if (into.hour < 0 || into.minute < 0 || text.charCodeAt(start + 2) !== 0x3a) return -1;
  let at = start + 5;
  if (text.charCodeAt(at) !== 0x3a) return at;
  into.second = fixedDigits(text, at + 1, 2);
  if (into.second < 0) return -1;
  at += 3;
  const sign = text.charCodeAt(at);
  if (sign !== 0x2e && sign !== 0x2c) return at;
  const end = digitsEnd(text, at + 1);
  if (end === at + 1) return -1;
  into.fraction = text.slice(at + 1, end);
  return end;
}

/** Reads `Z`, `+hh`, `+hhmm` or `+hh:mm` up to the end of the text. */
function readZone(text: string, start: number, into: Moment): boolean {
  const rest = text.length - start;
  const sign = text.charCodeAt(start);
  if (sign === 0x5a || sign === 0x7a) {
    into.zone = 0;
    return rest === 1;
  }
  if (sign !== 0x2b && sign !== 0x2d) return false;
  const colon = text.charCodeAt(start + 3) === 0x3a ? 1 : 0;
  const hours = fixedDigits(text, start + 1, 2);
  const minutes = rest === 3 ? 0 : fixedDigits(text, start + 3 + colon, 2);
  if (hours < 0 || minutes < 0 || minutes > 59 || (rest !== 3 && rest !== 5 + colon)) return false;
  into.zone = (sign === 0x2d ? -1 : 1) * (hours * 60 + minutes);
  return true;
}
