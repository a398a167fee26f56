import { isUtf8 } from 'node:buffer';
import { type ByteDecoder, joinBytes, NO_BYTES, UndecodableBytes } from './byte-decoder.ts';

/** UTF-8 in, UTF-8 out: checks natively and passes chunks through without copying. */
export class Utf8Decoder implements ByteDecoder {
  readonly encoding = 'UTF-8';
  #tail: Buffer = NO_BYTES;
  #passed = 0;

  decode(chunk: Buffer): Buffer {
    const bytes = joinBytes(this.#tail, chunk);
    const whole = bytes.subarray(0, bytes.length - unfinishedLength(bytes));
    if (!isUtf8(whole)) this.#refuse(whole);
    // Copied: a reader may reuse the chunk.
    this.#tail = Buffer.from(bytes.subarray(whole.length));
    this.#passed += whole.length;
    return whole;
  }

  end(): Buffer {
    if (this.#tail.length > 0) throw new UndecodableBytes(this.encoding, this.#passed, NO_BYTES);
    return NO_BYTES;
  }

  #refuse(bytes: Buffer): never {
    const valid = validPrefixLength(bytes);
    throw new UndecodableBytes(this.encoding, this.#passed + valid, bytes.subarray(0, valid));
  }
}

/** How many bytes at the end begin a character that the next chunk may finish. */
function unfinishedLength(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

function sequenceLength(lead: number): number {
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** The longest valid prefix, found by halving: prefixes may only be cut between characters. */
function validPrefixLength(bytes: Buffer): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 8) {
    let middle = (valid + invalid) >> 1;
    while (middle > valid && isContinuation(bytes[middle] as number)) middle--;
    // A run of continuation bytes as long as this is damage by itself.
    if (middle === valid) break;
    if (isUtf8(bytes.subarray(valid, middle))) valid = middle;
    else invalid = middle;
  }
  return valid + validCharactersLength(bytes.subarray(valid, invalid));
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

function validCharactersLength(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] as number;
    const next = at + (byte < 0x80 ? 1 : sequenceLength(byte));
    if (next > bytes.length || !isUtf8(bytes.subarray(at, next))) return at;
    at = next;
  }
  return at;
}
