import type { Place } from '#contract/errors';
import type { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { Cursor } from './cursor.ts';
import { limitExceeded } from './failures.ts';
import type { XmlLimits } from './limits.ts';
import { asXml10 } from './xml-1.1.ts';

/** Collects a document with a DOCTYPE whole, for libxml2. */
export class DoctypeReader {
  readonly #path: string;
  readonly #names: NameTable;
  readonly #handler: TreeHandler;
  readonly #limits: XmlLimits;
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(path: string, names: NameTable, handler: TreeHandler, limits: XmlLimits) {
    this.#path = path;
    this.#names = names;
    this.#handler = handler;
    this.#limits = limits;
  }

  write(bytes: Buffer): void {
    this.#length += bytes.length;
    if (this.#length > this.#limits.doctypeBytes) {
      this.#chunks = [];
      throw limitExceeded(
        { path: this.#path, line: 1, column: 1 },
        `A document with a DOCTYPE is read whole and may hold at most ${this.#limits.doctypeBytes} bytes.`,
      );
    }
    // Copied: a reader may reuse the chunk.
    this.#chunks.push(Buffer.from(bytes));
  }

  placeOfEnd(): Place {
    const cursor = new Cursor();
    cursor.reset(this.#path);
    cursor.feed(Buffer.concat(this.#chunks), true, this.#length);
    return cursor.placeOf(this.#length);
  }

  async end(): Promise<void> {
    const { walkDocument } = await import('./walk-document.ts');
    const document = asXml10(Buffer.concat(this.#chunks), this.#path);
    this.#chunks = [];
    walkDocument(document, this.#path, this.#names, this.#handler);
  }
}
