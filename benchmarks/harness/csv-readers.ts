import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { mappingSchema } from '#contract/mapping';
import { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { parseFile } from '#engine/parse/parse-file';
import { loadPeer } from '../peers/load-peer.ts';

/** Hears each record after the header; its column names are those of the header. */
type OnRow = (fields: readonly string[]) => void;

/** A CSV reader as its makers show how to use it on a stream. */
export interface CsvReader {
  readonly name: string;
  /** @returns whether it said that something is wrong; it may throw instead. */
  read(chunks: AsyncIterable<Buffer>, onRow: OnRow): Promise<boolean>;
}

/** As the loader hears a file: names, places and texts, no arrays. */
interface Heard {
  characters: number;
  records: number;
}

/** Takes the text of the wanted columns, as a mapping does. */
class Fields implements TreeHandler {
  wantsText = false;
  readonly wantsAttributes = false;
  readonly heard: Heard = { characters: 0, records: 0 };
  readonly #wanted: (name: number) => boolean;
  readonly #row: number;
  constructor(wanted: (name: number) => boolean, row: number) {
    this.#wanted = wanted;
    this.#row = row;
  }
  open(name: number): void {
    if (name === this.#row) this.heard.records += 1;
    else this.wantsText = this.#wanted(name);
  }
  attribute(): void {}
  text(piece: string): void {
    this.heard.characters += piece.length;
  }
  unresolvedEntity(): void {}
  unresolvedAttributeEntity(): void {}
  close(): void {}
}

/** Makes arrays of what it hears. */
class Rows implements TreeHandler {
  readonly wantsText = true;
  readonly wantsAttributes = false;
  reported = false;
  readonly #names: NameTable;
  readonly #onRow: OnRow;
  #fields: string[] = [];
  #depth = 0;
  #column = 0;
  constructor(names: NameTable, onRow: OnRow) {
    this.#names = names;
    this.#onRow = onRow;
  }
  open(name: number): void {
    this.#depth += 1;
    if (this.#depth === 2) this.#fields = ['', ''];
    if (this.#depth === 3) this.#column = this.#names.nameOf(name) === 'a' ? 0 : 1;
  }
  attribute(): void {}
  text(piece: string): void {
    this.#fields[this.#column] += piece;
  }
  unresolvedEntity(): void {}
  unresolvedAttributeEntity(): void {}
  close(): void {
    if (this.#depth === 2) this.#onRow(this.#fields);
    this.#depth -= 1;
  }
  brokenRecord(): void {
    this.reported = true;
  }
}

function csvSource(delimiter: string) {
  const columns = [{ name: 'id', type: 'text', path: 'id' }];
  const source = { format: 'csv', csv: { delimiter }, encoding: 'utf-8' };
  return mappingSchema.parse({ version: 1, name: 'benchmark', source, tables: [{ name: 't', columns }] }).source;
}

/** Loadstone's scanner as the loader uses it. */
export async function hearWithLoadstone(
  chunks: AsyncIterable<Buffer>,
  wanted: (name: number) => boolean,
  delimiter: string,
): Promise<Heard> {
  const names = new NameTable({ prefixes: false });
  const handler = new Fields(wanted, names.intern('row'));
  await parseFile(chunks, { path: 'benchmark.csv', source: csvSource(delimiter), names, handler });
  return handler.heard;
}

export const LOADSTONE: CsvReader = {
  name: 'Loadstone',
  async read(chunks, onRow) {
    const names = new NameTable({ prefixes: false });
    const handler = new Rows(names, onRow);
    await parseFile(chunks, { path: 'probe.csv', source: csvSource(','), names, handler });
    return handler.reported;
  },
};

/** By itself it takes the first line end it meets for all. */
const CSV_PARSE_OPTIONS = { bom: true, record_delimiter: ['\r\n', '\n', '\r'] };

export const CSV_PARSE: CsvReader = {
  name: 'csv-parse',
  async read(chunks, onRow) {
    let isHeader = true;
    await pipeline(Readable.from(chunks), parse(CSV_PARSE_OPTIONS), async (records: AsyncIterable<string[]>) => {
      for await (const record of records) {
        if (!isHeader) onRow(record);
        isHeader = false;
      }
    });
    return false;
  },
};

interface PapaParse {
  parse(
    input: Readable,
    options: {
      readonly delimiter: string;
      readonly skipEmptyLines: boolean;
      readonly chunk: (results: { readonly data: readonly string[][]; readonly errors: readonly unknown[] }) => void;
      readonly complete: () => void;
      readonly error: (error: unknown) => void;
    },
  ): void;
}

export function papaParse(peers: string): CsvReader | null {
  const papa = loadPeer<PapaParse>(peers, 'papaparse');
  if (papa === null) return null;
  return {
    name: 'papaparse',
    read(chunks, onRow) {
      let isHeader = true;
      let reported = false;
      return new Promise((resolve, reject) => {
        papa.parse(Readable.from(texts(chunks)), {
          delimiter: ',',
          skipEmptyLines: true,
          chunk({ data, errors }) {
            if (errors.length > 0) reported = true;
            for (const record of data) {
              if (!isHeader) onRow(record);
              isHeader = false;
            }
          },
          complete: () => resolve(reported),
          error: reject,
        });
      });
    },
  };
}

interface Udsv {
  inferSchema(text: string, options: { readonly col: string; readonly encl: string }): object;
  initParser(schema: object): {
    readonly stringArrs: unknown;
    chunk(text: string, parse: unknown, onData: (row: string[]) => void): void;
    end(): unknown;
  };
}

export function udsv(peers: string): CsvReader | null {
  const library = loadPeer<Udsv>(peers, 'udsv');
  if (library === null) return null;
  return {
    name: 'udsv',
    async read(chunks, onRow) {
      let parser: ReturnType<Udsv['initParser']> | null = null;
      for await (const text of texts(chunks)) {
        parser ??= library.initParser(library.inferSchema(text, { col: ',', encl: '"' }));
        parser.chunk(text, parser.stringArrs, (row) => onRow(row));
      }
      parser?.end();
      return false;
    },
  };
}

async function* texts(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
}
