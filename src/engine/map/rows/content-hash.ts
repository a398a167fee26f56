import { createHash, type Hash, hash } from 'node:crypto';
import type { NameTable } from '#engine/model/name-table';

/** Beyond this many characters a record is hashed piece by piece, so that its size does not matter. */
const PIECE_LENGTH = 65_536;
const HASH_DIGITS = 32;

/**
 * A content hash that stays the same when a document is indented otherwise, its attributes are reordered or its
 * prefixes renamed: SHA-256 (first 32 hex digits) over local names, attributes by name, and texts that hold more than
 * white space, in document order. NUL parts them, which no XML text can hold.
 */
export class ContentHash {
  readonly #names: NameTable;
  #text = '';
  #attributes: string[] = [];
  #written = '';
  #hash: Hash | null = null;

  constructor(names: NameTable) {
    this.#names = names;
  }

  open(name: number): void {
    this.#flush();
    this.#write(`<${this.#local(name)}\0`);
  }

  attribute(name: number, value: string): void {
    this.#attributes.push(`@${this.#local(name)}\0${value}\0`);
  }

  text(piece: string): void {
    this.#text += piece;
  }

  close(): void {
    this.#flush();
    this.#write('>\0');
  }

  digest(): string {
    const digits = this.#hash === null ? hash('sha256', this.#written) : this.#hash.update(this.#written).digest('hex');
    return digits.slice(0, HASH_DIGITS);
  }

  #flush(): void {
    if (this.#attributes.length > 0) {
      for (const attribute of this.#attributes.sort()) this.#write(attribute);
      this.#attributes = [];
    }
    if (this.#text === '') return;
    if (/[^ \t\r\n]/.test(this.#text)) this.#write(`#${this.#text}\0`);
    this.#text = '';
  }

  #local(name: number): string {
    return this.#names.nameOf(this.#names.localOf(name));
  }

  #write(piece: string): void {
    this.#written += piece;
    if (this.#written.length < PIECE_LENGTH) return;
    this.#hash ??= createHash('sha256');
    this.#hash.update(this.#written);
    this.#written = '';
  }
}
