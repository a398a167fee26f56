import { createHash, hash } from 'node:crypto';
import type { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { NO_BYTES } from '../decode/byte-decoder.ts';
import type { ParsedFile } from '../parsed-file.ts';
import { DocumentReader } from './document-reader.ts';
import { DEFAULT_LIMITS, type XmlLimits } from './limits.ts';
import { XmlScanner } from './scanner.ts';

export interface ParseXmlOptions {
  /** The path messages show, relative to the chosen folder. */
  readonly path: string;
  /** 'auto' (byte order mark, declaration, UTF-8), or the name of the encoding the user chose. */
  readonly encoding: string;
  /** The worker's names. */
  readonly names: NameTable;
  readonly handler: TreeHandler;
  readonly limits?: Partial<XmlLimits>;
  readonly onText?: (text: Buffer) => void;
}

export interface ParseXmlStreamOptions extends ParseXmlOptions {
  readonly signal?: AbortSignal;
  /** Called after each chunk with its length. The next chunk waits for the promise, when it returns one. */
  readonly onChunk?: (bytes: number) => Promise<void> | void;
}

/**
 * Reads one XML document from a stream and tells it to the handler. A document may be damaged at its very end: what the
 * handler heard counts only once this returns.
 * @param source chunks in order; a chunk may be reused once the next one is asked for.
 * @throws LoadstoneError with file, line and column: XML_NOT_WELL_FORMED, XML_LIMIT_EXCEEDED, EMPTY_FILE,
 * ENCODING_UNSUPPORTED, ENCODING_INVALID_BYTES; the signal's reason when it is aborted.
 */
export async function parseXmlFile(source: AsyncIterable<Buffer>, options: ParseXmlStreamOptions): Promise<ParsedFile> {
  const { signal, onChunk } = options;
  const digest = createHash('sha256');
  let bytes = 0;
  const scanner = takeScanner(options);
  try {
    const reader = new DocumentReader(scanner, withLimits(options));
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
    await reader.end();
  } finally {
    giveBack(options.names, scanner);
  }
  return { bytes, sha256: digest.digest('hex') };
}

/**
 * The same for a small file that is in memory already. Returns at once for every document without a DOCTYPE: per-file
 * cost is what thousands of tiny files are made of.
 */
export function parseXmlBuffer(buffer: Buffer, options: ParseXmlOptions): ParsedFile | Promise<ParsedFile> {
  const scanner = takeScanner(options);
  try {
    const reader = new DocumentReader(scanner, withLimits(options));
    reader.write(buffer, true);
    const pending = reader.end();
    const parsed = { bytes: buffer.length, sha256: hash('sha256', buffer, 'hex') };
    return pending ? pending.then(() => parsed) : parsed;
  } finally {
    giveBack(options.names, scanner);
  }
}

/** Scanners at rest. They know the names they have met by their bytes, so each belongs to one name table. */
const resting = new WeakMap<NameTable, XmlScanner[]>();

function takeScanner({ names, limits }: ParseXmlOptions): XmlScanner {
  const own = limits ? undefined : resting.get(names)?.pop();
  return own ?? new XmlScanner(names, { ...DEFAULT_LIMITS, ...limits });
}

function giveBack(names: NameTable, scanner: XmlScanner): void {
  scanner.rest();
  const scanners = resting.get(names);
  if (scanners) scanners.push(scanner);
  else resting.set(names, [scanner]);
}

function withLimits(options: ParseXmlOptions): ParseXmlOptions & { readonly limits: XmlLimits } {
  return { ...options, limits: options.limits ? { ...DEFAULT_LIMITS, ...options.limits } : DEFAULT_LIMITS };
}
