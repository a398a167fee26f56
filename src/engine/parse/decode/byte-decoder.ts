/**
 * Turns the bytes of one file into UTF-8, chunk by chunk. What comes out is always whole, valid UTF-8: no chunk ends
 * inside a character, nothing is ever replaced by U+FFFD.
 */
export interface ByteDecoder {
  /** The encoding's name as messages show it. */
  readonly encoding: string;
  /** @throws UndecodableBytes */
  decode(chunk: Buffer): Buffer;
  /** The file is over. @returns what was held back. @throws UndecodableBytes when the file stops inside a character. */
  end(): Buffer;
}

/** The bytes at `offset` mean nothing in the encoding. `before` is the decoded text since the last `decode` that returned. */
export class UndecodableBytes extends Error {
  readonly encoding: string;
  readonly offset: number;
  readonly before: Buffer;

  constructor(encoding: string, offset: number, before: Buffer) {
    super(`Byte ${offset} cannot be decoded as ${encoding}`);
    this.encoding = encoding;
    this.offset = offset;
    this.before = before;
  }
}

export const NO_BYTES: Buffer = Buffer.alloc(0);

/** Joins what the last chunk left over with the next one, copying only when something was left. */
export function joinBytes(left: Buffer, chunk: Buffer): Buffer {
  return left.length === 0 ? chunk : Buffer.concat([left, chunk]);
}
