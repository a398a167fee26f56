import type { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { type ByteDecoder, NO_BYTES, UndecodableBytes } from '../decode/byte-decoder.ts';
import { createDecoder } from '../decode/create-decoder.ts';
import { type DetectedEncoding, forcedEncoding } from '../decode/forced-encoding.ts';
import { emptyFile, encodingUnsupported, undecodable } from '../file-failures.ts';
import { DoctypeReader } from './doctype-reader.ts';
import { detectXmlEncoding } from './encoding-detection.ts';
import type { XmlLimits } from './limits.ts';
import { SaxesReader } from './saxes-reader.ts';
import type { Handover, XmlScanner } from './scanner.ts';

export interface DocumentOptions {
  /** The path messages show. */
  readonly path: string;
  /** 'auto', or the name of the encoding that the user says it is. */
  readonly encoding: string;
  readonly names: NameTable;
  readonly handler: TreeHandler;
  readonly limits: XmlLimits;
  readonly onText?: (text: Buffer) => void;
}

/**
 * One document on its way: bytes → UTF-8 → the scanner, or from the beginning on another parser once the scanner says
 * so. Until the root element begins, what the scanner has read is kept for that.
 */
export class DocumentReader {
  readonly #options: DocumentOptions;
  readonly #scanner: XmlScanner;
  #decoder: ByteDecoder | undefined;
  /** Bytes that do not tell the encoding yet. */
  #head: Buffer = NO_BYTES;
  #markLength = 0;
  #prolog: Buffer[] = [];
  #prologBytes = 0;
  #instead: DoctypeReader | SaxesReader | undefined;

  constructor(scanner: XmlScanner, options: DocumentOptions) {
    this.#options = options;
    this.#scanner = scanner;
    scanner.begin(options.path, options.handler);
  }

  /** @param last whether nothing follows. The chunk may be reused once this returns. */
  write(chunk: Buffer, last: boolean): void {
    if (this.#decoder) {
      this.#decode(this.#decoder, chunk, last);
      return;
    }
    const head = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    if (head.length === 0 && last) throw emptyFile(this.#options.path);
    const detected = this.#detect(head, last);
    if (!detected) {
      this.#head = Buffer.from(head);
      return;
    }
    this.#head = NO_BYTES;
    this.#decoder = createDecoder(detected.encoding);
    if (!this.#decoder) throw encodingUnsupported(this.#options.path, detected.encoding);
    this.#markLength = detected.markLength;
    this.#decode(this.#decoder, head.subarray(detected.markLength), last);
  }

  /** After the last write: what the other parsers have left to do. */
  end(): Promise<void> | undefined {
    return this.#instead?.end() ?? undefined;
  }

  #detect(head: Buffer, complete: boolean): DetectedEncoding | undefined {
    const { encoding, path } = this.#options;
    if (encoding === 'auto') return detectXmlEncoding(head, complete, path);
    if (head.length < 4 && !complete) return undefined;
    return forcedEncoding(encoding, head);
  }

  #decode(decoder: ByteDecoder, chunk: Buffer, last: boolean): void {
    try {
      const text = decoder.decode(chunk);
      this.#read(last ? this.#withRest(decoder, text) : text, last);
    } catch (error) {
      if (!(error instanceof UndecodableBytes)) throw error;
      this.#refuseBytes(error);
    }
  }

  #withRest(decoder: ByteDecoder, text: Buffer): Buffer {
    try {
      const rest = decoder.end();
      return rest.length === 0 ? text : Buffer.concat([text, rest]);
    } catch (error) {
      this.#read(text, false);
      throw error;
    }
  }

  #read(text: Buffer, last: boolean): void {
    this.#options.onText?.(text);
    if (this.#instead) {
      this.#instead.write(text);
      return;
    }
    const handover = this.#scanner.write(text, last);
    if (handover) this.#handOver(handover, text);
    else if (!this.#scanner.pastProlog) this.#keepProlog(text);
    else if (this.#prolog.length > 0) this.#prolog = [];
  }

  #keepProlog(text: Buffer): void {
    this.#prologBytes += text.length;
    // Beyond the limit the document would be refused anyway: enough is kept to find that out.
    if (this.#prologBytes <= this.#options.limits.doctypeBytes + text.length) this.#prolog.push(Buffer.from(text));
  }

  #handOver(handover: Handover, text: Buffer): void {
    const { path, names, handler, limits } = this.#options;
    handler.locate?.(null);
    const Reader = handover === 'doctype' ? DoctypeReader : SaxesReader;
    const reader = new Reader(path, names, handler, limits);
    this.#instead = reader;
    for (const kept of this.#prolog) reader.write(kept);
    this.#prolog = [];
    reader.write(text);
  }

  /** The text before the undecodable byte may be damaged itself; else the error stands right behind it. */
  #refuseBytes(error: UndecodableBytes): never {
    this.#read(error.before, false);
    const place = (this.#instead ?? this.#scanner).placeOfEnd();
    throw undecodable(place, error.encoding, error.offset + this.#markLength);
  }
}
