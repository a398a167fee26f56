import { LoadstoneError } from '#contract/errors';
import type { CsvDialectFacts, CsvDialectGuess, CsvRecord } from '#contract/inference';
import type { Mapping } from '#contract/mapping';
import { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { CsvReader } from '#engine/parse/csv/csv-reader';
import { sniffCsv } from '#engine/parse/csv/sniff/sniff-csv';
import { headOf, knownOf, type SaidOfCsv } from './infer-csv.ts';
import { type FoundFile, findFiles } from './infer-files.ts';
import { sourceSettings } from './source-settings.ts';

export interface GuessDialectOptions extends SaidOfCsv {
  /** Which of the files to look at, as messages name it. Left out: the first that is not empty. */
  readonly path?: string;
}

const RECORDS = 50;
const LONGEST_VALUE = 1_000;
/** Depths of what the reader tells. */
const ROW = 2;
const FIELD = 3;

/**
 * How one of the files is written, as far as nobody has said, and its first records as a load would read them: only the
 * file's first 256 kB are looked at.
 * @throws LoadstoneError PATH_NOT_FOUND, NO_FILES, FILE_UNREADABLE, EMPTY_FILE; USAGE when what was said contradicts
 * itself; the signal's reason when it is aborted.
 */
export async function guessDialect(
  paths: readonly string[],
  options: GuessDialectOptions,
  { signal }: { readonly signal: AbortSignal },
): Promise<CsvDialectGuess> {
  const { files } = await findFiles(paths, 'csv', { signal });
  const { file, head } = await beginningOf(files, options.path);
  signal.throwIfAborted();
  const { columns, totals: _, ...dialect } = sniffCsv(head, knownOf(options));
  const source = sourceSettings({ format: 'csv', ...settingsOf(dialect, options) });
  return {
    path: file.path,
    files: files.length,
    dialect,
    columns,
    ...firstRecords(head, file, { source, columns: columns.map(({ name }) => name) }),
  };
}

async function beginningOf(files: readonly FoundFile[], path: string | undefined) {
  const wanted = path === undefined ? files : files.filter((file) => file.path === path);
  const file = wanted.find(({ size }) => size > 0) ?? wanted[0];
  if (file === undefined) throw unreadable(path ?? '', 'is not among the chosen files');
  const head = await headOf(file.absolute).catch((cause: Error) => {
    throw unreadable(file.path, `cannot be read: ${cause.message}`);
  });
  if (head.length > 0) return { file, head };
  throw new LoadstoneError({
    code: 'EMPTY_FILE',
    message: `${file.path} is empty.`,
    remedy: 'Choose files that hold something.',
    place: { path: file.path },
  });
}

function unreadable(path: string, why: string): LoadstoneError {
  return new LoadstoneError({
    code: 'FILE_UNREADABLE',
    message: `${path} ${why}.`,
    remedy: 'Check that the file is still there, its permissions, and the drive it lies on.',
    place: { path },
  });
}

function settingsOf(dialect: CsvDialectFacts, { csv }: SaidOfCsv) {
  const { encoding, delimiter, quote, escape: sign, comment, skipLines, header, nullValues } = dialect;
  return {
    encoding: encoding.value,
    csv: {
      delimiter: delimiter.value,
      quote: quote.value,
      escape: sign.value,
      comment: comment.value,
      skipLines: skipLines.value,
      header: header.value,
      nullValues: [...nullValues.value],
      ...(csv?.columns !== undefined && { columns: csv.columns }),
    },
  };
}

type First = Pick<CsvDialectGuess, 'records' | 'refused'>;

/** What is behind the sample's end is not known: a record that it cuts is left out. */
function firstRecords(
  head: Buffer,
  { path, size }: FoundFile,
  { source, columns }: { readonly source: Mapping['source']; readonly columns: readonly string[] },
): First {
  const names = new NameTable({ prefixes: false });
  const handler = new FirstRecords(names, columns);
  try {
    const { encoding, csv } = source;
    new CsvReader({ path, encoding, csv, names, handler }).write(head, head.length === size);
  } catch (thrown) {
    if (thrown === ENOUGH) return { records: handler.records };
    if (!(thrown instanceof LoadstoneError)) throw thrown;
    const { code, message, place } = thrown;
    return { records: handler.records, refused: { code, message, ...(place !== undefined && { place }) } };
  }
  return { records: handler.records };
}

/** Ends the reading once there are records enough. */
const ENOUGH = Symbol('enough');

class FirstRecords implements TreeHandler {
  readonly wantsText = true;
  readonly wantsAttributes = false;
  readonly records: CsvRecord[] = [];
  readonly #names: NameTable;
  readonly #columns: ReadonlyMap<string, number>;
  #depth = 0;
  #line = 0;
  #column = 0;
  #values: (string | null)[] = [];

  constructor(names: NameTable, columns: readonly string[]) {
    this.#names = names;
    this.#columns = new Map(columns.map((name, at) => [name, at]));
  }

  open(name: number, line: number): void {
    this.#depth += 1;
    if (this.#depth === ROW) {
      this.#line = line;
      this.#values = Array.from(this.#columns, () => null);
    } else if (this.#depth === FIELD) {
      this.#column = this.#columns.get(this.#names.nameOf(name)) ?? -1;
      if (this.#column >= 0) this.#values[this.#column] = '';
    }
  }

  text(piece: string): void {
    if (this.#column >= 0) this.#values[this.#column] += cut(piece, LONGEST_VALUE);
  }

  close(): void {
    if (this.#depth === ROW) this.#add({ line: this.#line, values: this.#values });
    this.#depth -= 1;
  }

  brokenRecord(_name: number, line: number, raw: string, message: string): void {
    this.#add({ line, raw, message });
  }

  attribute(): void {}
  unresolvedEntity(): void {}
  unresolvedAttributeEntity(): void {}

  #add(record: CsvRecord): void {
    this.records.push(record);
    if (this.records.length === RECORDS) throw ENOUGH;
  }
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
