import { createHash, hash } from 'node:crypto';
import type { Mapping } from '#contract/mapping';
import type { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { CsvReader } from './csv/csv-reader.ts';
import { NO_BYTES } from './decode/byte-decoder.ts';
import { JsonReader } from './json/json-reader.ts';
import type { ParsedFile } from './parsed-file.ts';
import { parseXmlBuffer, parseXmlFile } from './xml/parse-xml-file.ts';

export interface ParseOptions {
  /** The path messages show, relative to the chosen folder. */
  readonly path: string;
  /** What the mapping says of its files: format, encoding, and for CSV the dialect. */
  readonly source: Pick<Mapping['source'], 'format' | 'encoding' | 'csv'>;
  /** The worker's names. */
  readonly names: NameTable;
  readonly handler: TreeHandler;
  /** Hears the text as it is decoded, in UTF-8, piece by piece and before the handler. A piece may be reused. */
  readonly onText?: (text: Buffer) => void;
}

export interface ParseStreamOptions extends ParseOptions {
  readonly signal?: AbortSignal;
  /** Called after each chunk with its length. The next chunk waits for the promise, when it returns one. */
  readonly onChunk?: (bytes: number) => Promise<void> | void;
}

/**
 * Reads one file of any format from a stream and tells it to the handler. What the handler heard counts only once this
 * returns: a file may be damaged at its very end.
 * @param source chunks in order; a chunk may be reused once the next one is asked for.
 * @throws LoadstoneError about the file, with line and column; the signal's reason when it is aborted.
 */
export async function parseFile(source: AsyncIterable<Buffer>, options: ParseStreamOptions): Promise<ParsedFile> {
  const { signal, onChunk } = options;
  if (options.source.format === 'xml') {
    return parseXmlFile(source, { ...options, encoding: options.source.encoding });
  }
  const reader = readerOf(options);
  const digest = createHash('sha256');
  let bytes = 0;
  for await (const chunk of source) {
    signal?.throwIfAborted();
    digest.update(chunk);
    bytes += chunk.length;
    reader.write(chunk, false);
    const wait = onChunk?.(chunk.length);
    if (wait) await wait;
  }
  signal?.throwIfAborted();
  reader.write(NO_BYTES, true);
  return { bytes, sha256: digest.digest('hex') };
}

/** The same for a small file that is in memory already, without leaving the thread where the format allows it. */
export function parseBuffer(buffer: Buffer, options: ParseOptions): ParsedFile | Promise<ParsedFile> {
  if (options.source.format === 'xml') {
    return parseXmlBuffer(buffer, { ...options, encoding: options.source.encoding });
  }
  readerOf(options).write(buffer, true);
  return { bytes: buffer.length, sha256: hash('sha256', buffer, 'hex') };
}

/** The last write ends the file. */
interface FileReader {
  write(chunk: Buffer, last: boolean): void;
}

function readerOf({ path, source, names, handler, onText }: ParseOptions): FileReader {
  const { format, encoding, csv } = source;
  switch (format) {
    case 'csv':
      return new CsvReader({ path, encoding, csv, names, handler, onText });
    case 'json':
      return new JsonReader({ path, encoding, names, handler, onText });
    case 'xml':
    case 'api':
      throw new TypeError(`files of the format ${format} are not read here`);
    default:
      return format satisfies never;
  }
}
