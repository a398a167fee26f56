import type { Place } from '#contract/errors';
import { type ByteDecoder, UndecodableBytes } from './decode/byte-decoder.ts';
import { createDecoder } from './decode/create-decoder.ts';
import type { DetectedEncoding } from './decode/forced-encoding.ts';
import { encodingUnsupported, undecodable } from './file-failures.ts';

/** Takes whole, valid UTF-8 piece by piece. */
export interface TextScanner {
  /** The piece may be reused once this returns. */
  write(text: Buffer, last: boolean): void;
  /** The place behind everything written. Only asked when the file is refused. */
  placeOfEnd(): Place;
}

/** The bytes of one file on their way to a scanner, as UTF-8. */
export class DecodedText {
  readonly #decoder: ByteDecoder;
  readonly #markLength: number;
  readonly #scanner: TextScanner;
  readonly #onText: (text: Buffer) => void;
  #isPastMark = false;

  /** @throws LoadstoneError ENCODING_UNSUPPORTED. */
  constructor(
    path: string,
    { encoding, markLength }: DetectedEncoding,
    scanner: TextScanner,
    onText: (text: Buffer) => void = () => undefined,
  ) {
    this.#onText = onText;
    const decoder = createDecoder(encoding);
    if (decoder === undefined) throw encodingUnsupported(path, encoding);
    this.#decoder = decoder;
    this.#markLength = markLength;
    this.#scanner = scanner;
  }

  /** The first chunk holds the whole byte order mark. @throws LoadstoneError ENCODING_INVALID_BYTES. */
  write(chunk: Buffer, last: boolean): void {
    const bytes = this.#isPastMark ? chunk : chunk.subarray(this.#markLength);
    this.#isPastMark = true;
    try {
      const decoded = this.#decoder.decode(bytes);
      const text = last ? this.#withRest(decoded) : decoded;
      this.#onText(text);
      this.#scanner.write(text, last);
    } catch (error) {
      if (!(error instanceof UndecodableBytes)) throw error;
      this.#refuse(error);
    }
  }

  #withRest(text: Buffer): Buffer {
    try {
      const rest = this.#decoder.end();
      return rest.length === 0 ? text : Buffer.concat([text, rest]);
    } catch (error) {
      this.#scanner.write(text, false);
      throw error;
    }
  }

  /** The text before the undecodable byte may be damaged itself; else the error stands right behind it. */
  #refuse({ before, encoding, offset }: UndecodableBytes): never {
    this.#scanner.write(before, false);
    throw undecodable(this.#scanner.placeOfEnd(), encoding, offset + this.#markLength);
  }
}
