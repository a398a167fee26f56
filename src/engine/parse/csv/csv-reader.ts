import type { Mapping } from '#contract/mapping';
import type { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { detectByteOrderMark } from '../decode/byte-order-mark.ts';
import { type DetectedEncoding, forcedEncoding } from '../decode/forced-encoding.ts';
import { DecodedText } from '../decoded-text.ts';
import { emptyFile } from '../file-failures.ts';
import { CsvScanner } from './csv-scanner.ts';
import { SAMPLE_BYTES, sampleText } from './sniff/sample.ts';
import { SEPARATOR_LINE_BYTES, separatorLine } from './sniff/separator-line.ts';
import { sniffDelimiter } from './sniff/sniff-dialect.ts';
import { sniffEncoding } from './sniff/sniff-encoding.ts';
import { hasTrailingDelimiter } from './sniff/trailing-delimiter.ts';

export interface CsvReaderOptions {
  readonly path: string;
  /** 'auto', or the name of the encoding that the user says it is. */
  readonly encoding: string;
  readonly csv: Mapping['source']['csv'];
  readonly names: NameTable;
  readonly handler: TreeHandler;
  readonly onText?: ((text: Buffer) => void) | undefined;
}

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
    return encoding === 'auto' || csv.delimiter === 'auto' || takesHeader(csv) ? SAMPLE_BYTES : SEPARATOR_LINE_BYTES;
  }

  #begin(head: Buffer, last: boolean): DecodedText {
    const { path, names, handler, csv, onText } = this.#options;
    const sample = head.subarray(0, SAMPLE_BYTES);
    const isWhole = last && sample.length === head.length;
    const detected = this.#detect(sample, isWhole);
    const isGuessed = csv.delimiter === 'auto' || takesHeader(csv);
    const text = sampleText(isGuessed ? sample : sample.subarray(0, SEPARATOR_LINE_BYTES), detected);
    const separator = separatorLine(text);
    const skipLines = Math.max(csv.skipLines, separator === null ? 0 : 1);
    const quoting = { quote: csv.quote || null, escape: csv.escape || null, comment: csv.comment };
    const guess = () => separator?.delimiter ?? sniffDelimiter(text, isWhole, { ...quoting, skipLines });
    const dialect = { ...quoting, delimiter: csv.delimiter === 'auto' ? guess() : csv.delimiter };
    const isTrailing = takesHeader(csv) && hasTrailingDelimiter(text, dialect, { isWhole, skipLines });
    const shape = { ...csv, ...dialect, skipLines, isTrailing, columns: csv.columns ?? null };
    return new DecodedText(path, detected, new CsvScanner({ path, shape, names, handler }), onText);
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

/** Whether the columns' names are those of the header. */
function takesHeader({ header, columns }: Mapping['source']['csv']): boolean {
  return header && columns === undefined;
}
