import { isUtf8 } from 'node:buffer';
import type { DialectProperty } from '#contract/inference';
import { detectByteOrderMark } from '../../decode/byte-order-mark.ts';
import { guessed } from './guess.ts';

/** Bytes of windows-1258 that are accents, to be set on the letter before: grave, hook, tilde, acute, dot below. */
const VIETNAMESE_ACCENTS = new Set([0xcc, 0xd2, 0xde, 0xec, 0xf2]);
/** Ă Đ Ơ Ư in both cases. */
const VIETNAMESE_LETTERS = new Set([0xc3, 0xe3, 0xd0, 0xf0, 0xd5, 0xf5, 0xdd, 0xfd]);
/** What an accent can stand on: a e i o u y, ă â ê ô ơ ư. */
const VOWELS = new Set([
  ...Buffer.from('aeiouyAEIOUY'),
  0xc2,
  0xe2,
  0xca,
  0xea,
  0xd4,
  0xf4,
  0xc3,
  0xe3,
  0xd5,
  0xf5,
  0xdd,
  0xfd,
]);
/** Share of the sample's even or odd bytes that are zero in UTF-16 text of which at least that much is ASCII. */
const ZERO_SHARE = 0.2;
/** Share of the bytes beyond ASCII that are part of UTF-8 sequences in damaged UTF-8. */
const DAMAGED_UTF8_SHARE = 0.5;

/**
 * The encoding of a CSV file from its first bytes: byte order mark, UTF-16 by its zeros, UTF-8 when it is valid, else
 * windows-1258 (Vietnamese) or windows-1252. Damaged UTF-8 stays UTF-8, so that the damage is told and not loaded.
 * @param isWhole whether the sample is the whole file; else it may end inside a character.
 */
export function sniffEncoding(sample: Buffer, isWhole: boolean): DialectProperty<string> {
  const mark = detectByteOrderMark(sample);
  if (mark !== undefined) return guessed(mark.encoding, 1, 'BYTE_ORDER_MARK');
  const wide = wideEncoding(sample);
  if (wide !== undefined) return guessed(wide, 0.95, 'ZERO_BYTES');
  const text = isWhole ? sample : withoutUnfinished(sample);
  if (isUtf8(text)) {
    return isAscii(text) ? guessed('UTF-8', 0.9, 'ASCII') : guessed('UTF-8', 0.99, 'VALID_UTF8');
  }
  return narrowEncoding(text);
}

function wideEncoding(sample: Buffer): 'UTF-16LE' | 'UTF-16BE' | undefined {
  const zeros = [0, 0];
  for (let at = 0; at < sample.length; at++) if (sample[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const enough = (sample.length / 2) * ZERO_SHARE;
  if (odd > enough && odd > 10 * even) return 'UTF-16LE';
  if (even > enough && even > 10 * odd) return 'UTF-16BE';
  return undefined;
}

function isAscii(text: Buffer): boolean {
  return text.every((byte) => byte < 0x80);
}

function withoutUnfinished(sample: Buffer): Buffer {
  for (let back = 1; back <= 3 && back < sample.length; back++) {
    if ((sample[sample.length - back] as number) >= 0xc0) return sample.subarray(0, sample.length - back);
  }
  return sample;
}

function narrowEncoding(text: Buffer): DialectProperty<string> {
  let beyond = 0;
  let sequences = 0;
  let accents = 0;
  let strayAccents = 0;
  let letters = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] as number;
    if (byte < 0x80) continue;
    beyond++;
    const length = sequenceLength(byte);
    if (length > 1 && isUtf8(text.subarray(at, at + length)) && at + length <= text.length) sequences += length;
    if (VIETNAMESE_LETTERS.has(byte)) letters++;
    if (!VIETNAMESE_ACCENTS.has(byte)) continue;
    if (VOWELS.has(text[at - 1] as number)) accents++;
    else strayAccents++;
  }
  if (sequences > beyond * DAMAGED_UTF8_SHARE) return guessed('UTF-8', 0.6, 'DAMAGED_UTF8');
  if (accents > 0 && accents > 3 * strayAccents && (accents + letters) * 3 > beyond) {
    return guessed('windows-1258', 0.8, 'VIETNAMESE_ACCENTS', { accents });
  }
  return guessed('windows-1252', 0.5, 'NO_OTHER_ENCODING');
}

function sequenceLength(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
