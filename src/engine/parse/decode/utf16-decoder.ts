import { type ByteDecoder, joinBytes, NO_BYTES, UndecodableBytes } from './byte-decoder.ts';

/** UTF-16 of either byte order; unpaired surrogates are undecodable. */
export class Utf16Decoder implements ByteDecoder {
  readonly encoding: string;
  readonly #swap: boolean;
  #tail: Buffer = NO_BYTES;
  #decoded = 0;

  constructor(encoding: 'UTF-16LE' | 'UTF-16BE') {
    this.encoding = encoding;
    this.#swap = encoding === 'UTF-16BE';
  }

  decode(chunk: Buffer): Buffer {
    const bytes = joinBytes(this.#tail, chunk);
    let length = bytes.length & ~1;
    if (length > 0 && isHighSurrogate(this.#unitAt(bytes, length - 2))) length -= 2;
    const text = this.#textOf(bytes.subarray(0, length));
    if (!text.isWellFormed()) this.#refuse(text);
    // The tail is copied: a reader may reuse the chunk.
    this.#tail = Buffer.from(bytes.subarray(length));
    this.#decoded += length;
    return Buffer.from(text, 'utf8');
  }

  end(): Buffer {
    if (this.#tail.length > 0) throw new UndecodableBytes(this.encoding, this.#decoded, NO_BYTES);
    return NO_BYTES;
  }

  #textOf(bytes: Buffer): string {
    return this.#swap ? Buffer.from(bytes).swap16().toString('utf16le') : bytes.toString('utf16le');
  }

  #unitAt(bytes: Buffer, at: number): number {
    return this.#swap ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at);
  }

  #refuse(text: string): never {
    const at = firstLoneSurrogate(text);
    throw new UndecodableBytes(this.encoding, this.#decoded + at * 2, Buffer.from(text.slice(0, at), 'utf8'));
  }
}

function isHighSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

function firstLoneSurrogate(text: string): number {
  for (let at = 0; at < text.length; at++) {
    const point = text.codePointAt(at) as number;
    if (point > 0xffff) at++;
    else if (point >= 0xd800 && point <= 0xdfff) return at;
  }
  return text.length;
}
