import { detectByteOrderMark } from './byte-order-mark.ts';

export interface DetectedEncoding {
  readonly encoding: string;
  /** Bytes of byte order mark to leave out. */
  readonly markLength: number;
}

/** The user's word wins, but a byte order mark is no text, and tells the byte order of "UTF-16". */
export function forcedEncoding(encoding: string, head: Buffer): DetectedEncoding {
  const mark = detectByteOrderMark(head);
  const family = encoding.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (!mark || mark.encoding === 'UTF-32') return { encoding, markLength: 0 };
  const marked = mark.encoding.replace('-', '');
  if (family === 'UTF16' && marked.startsWith('UTF16')) return { encoding: mark.encoding, markLength: mark.length };
  return { encoding, markLength: family === marked ? mark.length : 0 };
}
