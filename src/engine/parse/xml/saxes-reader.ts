import { SaxesParser } from 'saxes';
import type { Place } from '#contract/errors';
import type { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { limitExceeded, notWellFormed } from './failures.ts';
import type { XmlLimits } from './limits.ts';

/** XML 1.1 without a DOCTYPE: rare enough to leave to saxes, which knows its characters and line ends. */
export class SaxesReader {
  readonly #parser: SaxesParser<{ xmlns: false }>;
  readonly #names: NameTable;
  readonly #handler: TreeHandler;
  readonly #limits: XmlLimits;
  readonly #path: string;
  #depth = 0;
  #bytesSinceEvent = 0;

  constructor(path: string, names: NameTable, handler: TreeHandler, limits: XmlLimits) {
    this.#path = path;
    this.#names = names;
    this.#handler = handler;
    this.#limits = limits;
    this.#parser = new SaxesParser({ xmlns: false, position: true });
    this.#listen();
  }

  write(bytes: Buffer): void {
    this.#parser.write(bytes.toString('utf8'));
    this.#bytesSinceEvent += bytes.length;
    if (this.#bytesSinceEvent <= this.#limits.tokenBytes) return;
    throw limitExceeded(this.placeOfEnd(), `A tag, text or comment is longer than ${this.#limits.tokenBytes} bytes.`);
  }

  end(): void {
    this.#parser.close();
  }

  placeOfEnd(): Place {
    return { path: this.#path, line: this.#parser.line, column: this.#parser.column + 1 };
  }

  #listen(): void {
    const parser = this.#parser;
    parser.on('error', (error) => {
      throw notWellFormed(this.placeOfEnd(), sentence(error.message));
    });
    parser.on('opentagstart', (tag) => this.#open(tag.name));
    parser.on('attribute', () => {
      this.#bytesSinceEvent = 0;
    });
    parser.on('opentag', (tag) => this.#attributes(tag.attributes));
    parser.on('text', (text) => this.#text(text));
    parser.on('cdata', (text) => this.#text(text));
    parser.on('comment', () => {
      this.#bytesSinceEvent = 0;
    });
    parser.on('closetag', () => {
      this.#depth--;
      this.#bytesSinceEvent = 0;
      this.#handler.close();
    });
  }

  #open(name: string): void {
    this.#bytesSinceEvent = 0;
    if (++this.#depth > this.#limits.depth) {
      throw limitExceeded(this.placeOfEnd(), `Elements are nested more than ${this.#limits.depth} deep.`);
    }
    // The character behind the name is consumed already; a line end there belongs to the tag's next line.
    const line = this.#parser.column === 0 ? this.#parser.line - 1 : this.#parser.line;
    this.#handler.open(this.#names.intern(name), line);
  }

  #attributes(attributes: Readonly<Record<string, string>>): void {
    if (!this.#handler.wantsAttributes) return;
    for (const [name, value] of Object.entries(attributes)) {
      this.#handler.attribute(this.#names.intern(name), value);
    }
  }

  #text(text: string): void {
    this.#bytesSinceEvent = 0;
    // saxes reports the white space around the root element, too.
    if (this.#depth > 0 && this.#handler.wantsText) this.#handler.text(text);
  }
}

/** saxes writes "1:2: message." */
function sentence(message: string): string {
  const bare = message.replace(/^(?:[^:]*:)?\d+:\d+: /, '');
  return `${bare.charAt(0).toUpperCase()}${bare.slice(1)}${bare.endsWith('.') ? '' : '.'}`;
}
