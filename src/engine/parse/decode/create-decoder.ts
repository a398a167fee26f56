import iconv from 'iconv-lite';
import type { ByteDecoder } from './byte-decoder.ts';
import { MultiByteDecoder } from './multi-byte-decoder.ts';
import { SingleByteDecoder } from './single-byte-decoder.ts';
import { Utf8Decoder } from './utf8-decoder.ts';
import { Utf16Decoder } from './utf16-decoder.ts';

/** Spellings in use, reduced to lower-case letters and digits, of encodings whose characters are of several bytes. */
const MULTI_BYTE: Readonly<Record<string, string>> = {
  shiftjis: 'Shift_JIS',
  sjis: 'Shift_JIS',
  xsjis: 'Shift_JIS',
  mskanji: 'Shift_JIS',
  windows31j: 'Shift_JIS',
  cp932: 'Shift_JIS',
  eucjp: 'EUC-JP',
  xeucjp: 'EUC-JP',
  iso2022jp: 'ISO-2022-JP',
  gbk: 'GBK',
  gb2312: 'GBK',
  xgbk: 'GBK',
  cp936: 'GBK',
  windows936: 'GBK',
  euccn: 'GBK',
  gb18030: 'GB18030',
  big5: 'Big5',
  big5hkscs: 'Big5',
  cp950: 'Big5',
  euckr: 'EUC-KR',
  ksc56011987: 'EUC-KR',
  ksc5601: 'EUC-KR',
  cp949: 'EUC-KR',
  windows949: 'EUC-KR',
};

const US_ASCII = new Set(['usascii', 'ascii', 'ansix341968', 'iso646us']);
const SINGLE_BYTE =
  /^(iso8859\d{1,2}|latin\d{1,2}|windows\d{3,4}|cp\d{3,4}|ibm\d{3,4}|koi8[rut]?|koi8ru|tis620|mac\w+|viscii|tcvn\w*|armscii8|rk1048|mik)$/;

/**
 * The decoder of an encoding by any of its usual names.
 * @returns undefined when the name is not known. "UTF-16" without byte order is taken as little-endian.
 */
export function createDecoder(name: string): ByteDecoder | undefined {
  const key = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (key === 'utf8') return new Utf8Decoder();
  if (key === 'utf16be') return new Utf16Decoder('UTF-16BE');
  if (['utf16', 'utf16le', 'ucs2', 'iso10646ucs2'].includes(key)) return new Utf16Decoder('UTF-16LE');
  if (US_ASCII.has(key)) return new SingleByteDecoder('US-ASCII');
  const multiByte = MULTI_BYTE[key];
  if (multiByte !== undefined) return new MultiByteDecoder(multiByte);
  if (SINGLE_BYTE.test(key) && isSingleByte(name)) return new SingleByteDecoder(name);
  return undefined;
}

function isSingleByte(name: string): boolean {
  return iconv.encodingExists(name) && iconv.decode(Buffer.of(0x41, 0x41), name) === 'AA';
}
