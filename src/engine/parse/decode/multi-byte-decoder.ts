import { TextDecoder } from 'node:util';
import { type ByteDecoder, joinBytes, NO_BYTES, UndecodableBytes } from './byte-decoder.ts';

const ESCAPE = 0x1b;
const TO_ASCII = Buffer.from('\x1b(B', 'latin1');
/** No character of the encodings below is longer. */
const LONGEST_CHARACTER = 4;

/**
 * Shift_JIS, EUC-JP, ISO-2022-JP, GBK, GB18030, Big5 and EUC-KR through the platform's decoder. It tells no offsets, so
 * input is handed to it in pieces that end where every decoder is in its initial state, and a piece that fails is
 * searched.
 */
export class MultiByteDecoder implements ByteDecoder {
  readonly encoding: string;
  readonly #decoder: TextDecoder;
  readonly #escapes: boolean;
  #tail: Buffer = NO_BYTES;
  #decoded = 0;

  constructor(encoding: string) {
    this.encoding = encoding;
    this.#decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    this.#escapes = encoding === 'ISO-2022-JP';
  }

  decode(chunk: Buffer): Buffer {
    const bytes = joinBytes(this.#tail, chunk);
    const length = this.#escapes ? lengthInAscii(bytes) : lengthBetweenCharacters(bytes);
    this.#tail = Buffer.from(bytes.subarray(length));
    return this.#convert(bytes.subarray(0, length));
  }

  end(): Buffer {
    return this.#convert(this.#tail);
  }

  #convert(bytes: Buffer): Buffer {
    const text = this.#tryDecode(bytes);
    if (text === undefined) return this.#refuse(bytes);
    this.#decoded += bytes.length;
    return Buffer.from(text, 'utf8');
  }

  #refuse(bytes: Buffer): never {
    const offset = this.#firstUndecodable(bytes);
    const before = this.#tryDecode(bytes.subarray(0, offset)) ?? '';
    throw new UndecodableBytes(this.encoding, this.#decoded + offset, Buffer.from(before, 'utf8'));
  }

  #firstUndecodable(bytes: Buffer): number {
    let fine = 0;
    let bad = bytes.length;
    while (bad - fine > 1) {
      const middle = (fine + bad) >> 1;
      if (this.#startsWell(bytes.subarray(0, middle))) fine = middle;
      else bad = middle;
    }
    // `fine` may reach into the character that is broken: go back to where it starts.
    for (let start = fine; start > 0 && start > fine - LONGEST_CHARACTER; start--) {
      if (this.#tryDecode(bytes.subarray(0, start)) !== undefined) return start;
    }
    return Math.max(0, fine - LONGEST_CHARACTER);
  }

  #startsWell(bytes: Buffer): boolean {
    try {
      new TextDecoder(this.encoding, { fatal: true }).decode(bytes, { stream: true });
      return true;
    } catch {
      return false;
    }
  }

  #tryDecode(bytes: Buffer): string | undefined {
    try {
      return this.#decoder.decode(bytes);
    } catch {
      return undefined;
    }
  }
}

/** ASCII up to `?` without the digits is never part of a longer character in these encodings. */
function lengthBetweenCharacters(bytes: Buffer): number {
  for (let at = bytes.length - 1; at >= 0; at--) {
    const byte = bytes[at] as number;
    if (byte < 0x40 && !(byte >= 0x30 && byte <= 0x39)) return at + 1;
  }
  return 0;
}

/** How far ISO-2022-JP text is surely in its initial state. */
function lengthInAscii(bytes: Buffer): number {
  const lastReturn = bytes.lastIndexOf(TO_ASCII);
  const from = lastReturn < 0 ? 0 : lastReturn + TO_ASCII.length;
  const nextEscape = bytes.indexOf(ESCAPE, from);
  return nextEscape < 0 ? bytes.length : nextEscape;
}
