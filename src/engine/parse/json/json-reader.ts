import type { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { detectByteOrderMark } from '../decode/byte-order-mark.ts';
import { type DetectedEncoding, forcedEncoding } from '../decode/forced-encoding.ts';
import { DecodedText } from '../decoded-text.ts';
import { emptyFile } from '../file-failures.ts';
import { JsonText } from './json-text.ts';
import { DEFAULT_LIMITS, type JsonLimits } from './limits.ts';

export interface JsonReaderOptions {
  readonly path: string;
  /** 'auto', or the name of the encoding that the user says it is. */
  readonly encoding: string;
  readonly names: NameTable;
  readonly handler: TreeHandler;
  readonly limits?: Partial<JsonLimits>;
  readonly onText?: ((text: Buffer) => void) | undefined;
}

/** Enough to tell a byte order mark, or UTF-16 by its first character, which is ASCII. */
const HEAD_BYTES = 4;

/** One JSON file on its way: bytes → UTF-8 → values. */
export class JsonReader {
  readonly #options: JsonReaderOptions;
  #head: Buffer | undefined;
  #text: DecodedText | undefined;

  constructor(options: JsonReaderOptions) {
    this.#options = options;
  }

  /** @param last whether nothing follows. The chunk may be reused once this returns. */
  write(chunk: Buffer, last: boolean): void {
    if (this.#text) {
      this.#text.write(chunk, last);
      return;
    }
    const head = this.#head ? Buffer.concat([this.#head, chunk]) : chunk;
    if (head.length < HEAD_BYTES && !last) {
      this.#head = Buffer.from(head);
      return;
    }
    const { path, encoding, names, handler, limits, onText } = this.#options;
    if (head.length === 0) throw emptyFile(path);
    const scanner = new JsonText(path, names, handler, { ...DEFAULT_LIMITS, ...limits });
    const detected = encoding === 'auto' ? detectEncoding(head) : forcedEncoding(encoding, head);
    this.#text = new DecodedText(path, detected, scanner, onText);
    this.#text.write(head, last);
  }
}

/** JSON is UTF-8 (RFC 8259, section 8.1), but files with another byte order mark, or plainly in UTF-16, are about. */
function detectEncoding(head: Buffer): DetectedEncoding {
  const mark = detectByteOrderMark(head);
  if (mark !== undefined) return { encoding: mark.encoding, markLength: mark.length };
  const [first, second] = head;
  if (first === 0 && second !== 0) return { encoding: 'UTF-16BE', markLength: 0 };
  if (first !== 0 && second === 0) return { encoding: 'UTF-16LE', markLength: 0 };
  return { encoding: 'UTF-8', markLength: 0 };
}
