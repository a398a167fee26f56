import type { Mapping } from '#contract/mapping';
import type { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { NO_BYTES } from '../decode/byte-decoder.ts';
import { detectByteOrderMark } from '../decode/byte-order-mark.ts';
import { type DetectedEncoding, forcedEncoding } from '../decode/forced-encoding.ts';
import { DecodedText } from '../decoded-text.ts';
import { emptyFile } from '../file-failures.ts';
import { CsvScanner } from './csv-scanner.ts';
import { SAMPLE_BYTES, sampleText } from './sniff/sample.ts';
import { sniffDelimiter } from './sniff/sniff-dialect.ts';
import { sniffEncoding } from './sniff/sniff-encoding.ts';

export interface CsvReaderOptions {
  readonly path: string;
  /** 'auto', or the name of the encoding that the user says it is. */
  readonly encoding: string;
  readonly csv: Mapping['source']['csv'];
  readonly names: NameTable;
  readonly handler: TreeHandler;
}

/** Longest byte order mark. */
const MARK_BYTES = 4;

/**
 * One CSV file on its way: bytes → UTF-8 → records. What the mapping leaves to be guessed is guessed from the file's
 * first 256 kB, however they arrive, so that the same file is always read the same way.
 */
export class CsvReader {
  readonly #options: CsvReaderOptions;
  #text: DecodedText | undefined;
  #head: Buffer[] = [];
  #headBytes = 0;

  constructor(options: CsvReaderOptions) {
    this.#options = options;
  }

  /** @param last whether nothing follows. The chunk may be reused once this returns. */
  write(chunk: Buffer, last: boolean): void {
    if (this.#text) {
      this.#text.write(chunk, last);
      return;
    }
    this.#headBytes += chunk.length;
    if (!last && this.#headBytes < this.#bytesNeeded()) {
      this.#head.push(Buffer.from(chunk));
      return;
    }
    const head = this.#head.length === 0 ? chunk : Buffer.concat([...this.#head, chunk]);
    this.#head = [];
    if (head.length === 0) throw emptyFile(this.#options.path);
    this.#text = this.#begin(head, last);
    this.#text.write(head, last);
  }

  #bytesNeeded(): number {
    const { encoding, csv } = this.#options;
    return encoding === 'auto' || csv.delimiter === 'auto' ? SAMPLE_BYTES : MARK_BYTES;
  }

  #begin(head: Buffer, last: boolean): DecodedText {
    const { path, names, handler, csv } = this.#options;
    const sample = head.subarray(0, SAMPLE_BYTES);
    const isWhole = last && sample.length === head.length;
    const detected = this.#detect(sample, isWhole);
    const text = csv.delimiter === 'auto' ? sampleText(sample, detected) : NO_BYTES;
    const dialect = { quote: csv.quote || null, escape: csv.escape || null, comment: csv.comment };
    const given = { ...dialect, skipLines: csv.skipLines };
    const delimiter = csv.delimiter === 'auto' ? sniffDelimiter(text, isWhole, given) : csv.delimiter;
    const shape = { ...csv, ...dialect, delimiter, columns: csv.columns ?? null };
    return new DecodedText(path, detected, new CsvScanner({ path, shape, names, handler }));
  }

  #detect(sample: Buffer, isWhole: boolean): DetectedEncoding {
    const { encoding } = this.#options;
    if (encoding !== 'auto') return forcedEncoding(encoding, sample);
    return {
      encoding: sniffEncoding(sample, isWhole).value,
      markLength: detectByteOrderMark(sample)?.length ?? 0,
    };
  }
}
