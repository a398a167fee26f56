import { csvSchema } from '#contract/csv-settings';
import { withoutGuard } from '#contract/csv-text';
import { LoadstoneError } from '#contract/errors';
import { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { parseFile } from '#engine/parse/parse-file';
import { closeFile, openFileAhead, readChunks } from './read-file.ts';

/** One line of an exported list of rejects, as somebody gave it back. */
export interface CorrectedLine {
  readonly line: number;
  /** null: it says none, or cannot be read; `problem` says which. */
  readonly record: { readonly file: number; readonly sequence: number } | null;
  readonly problem: 'no_record' | 'broken_line' | null;
  readonly column: string;
  /** As it stands in the file, and without the apostrophe that guards against formulas. */
  readonly cell: string;
  readonly value: string;
}

interface ReadOptions {
  readonly signal: AbortSignal;
  /** Hears the lines, some at a time. */
  readonly onLines: (lines: readonly CorrectedLine[]) => Promise<void>;
}

/** However a spreadsheet writes CSV: encoding, delimiter and line ends are found out. Fields are taken as they are. */
const SOURCE = { format: 'csv', encoding: 'auto', csv: csvSchema.parse({ nullValues: [] }) } as const;

/** Reads an exported list of rejects. @throws LoadstoneError USAGE when it is none, FILE_UNREADABLE. */
export async function readCorrectedCsv(path: string, { signal, onLines }: ReadOptions): Promise<void> {
  const names = new NameTable({ prefixes: false });
  const handler = new LineReader(names, path);
  const opened = await openFileAhead(path, path);
  const tell = async () => {
    const lines = handler.take();
    if (lines.length > 0) await onLines(lines);
  };
  try {
    const chunks = opened.whole === null ? readChunks(opened) : [opened.whole];
    await parseFile(asAsync(chunks), { path, source: SOURCE, names, handler, signal, onChunk: tell });
    await tell();
  } finally {
    closeFile(opened);
  }
}

async function* asAsync(chunks: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  yield* chunks;
}

const WANTED = ['file_id', 'record', 'column', 'value'] as const;

/** Hears a CSV file and keeps its lines until they are taken. */
class LineReader implements TreeHandler {
  readonly wantsText = true;
  readonly wantsAttributes = false;
  readonly #names: NameTable;
  readonly #path: string;
  #columns: Readonly<Partial<Record<number, string>>> = {};
  #lines: CorrectedLine[] = [];
  #fields = new Map<string, string>();
  #depth = 0;
  #line = 0;
  #field = '';

  constructor(names: NameTable, path: string) {
    this.#names = names;
    this.#path = path;
  }

  take(): readonly CorrectedLine[] {
    return this.#lines.splice(0);
  }

  header(columns: readonly number[]): void {
    const named = columns.map((id) => [id, this.#names.nameOf(id).trim().toLowerCase()] as const);
    const missing = WANTED.filter((wanted) => !named.some(([, name]) => name === wanted));
    if (missing.length > 0) throw noRejectsFile(this.#path, missing);
    this.#columns = Object.fromEntries(named);
  }

  open(name: number, line: number): void {
    this.#depth += 1;
    this.#line = line;
    this.#field = this.#columns[name] ?? '';
    if (this.#depth === ROW) this.#fields.clear();
    else if (this.#depth > ROW) this.#fields.set(this.#field, '');
  }

  text(piece: string): void {
    if (this.#depth > ROW) this.#fields.set(this.#field, (this.#fields.get(this.#field) ?? '') + piece);
  }

  close(): void {
    if (this.#depth === ROW) this.#end();
    this.#depth -= 1;
  }

  attribute(): void {}
  unresolvedEntity(): void {}
  unresolvedAttributeEntity(): void {}

  brokenRecord(_name: number, line: number): void {
    this.#lines.push({ ...NOTHING, line, problem: 'broken_line' });
  }

  /** Spreadsheets leave lines behind in which nothing stands. */
  #end(): void {
    if ([...this.#fields.values()].every((text) => text.trim() === '')) return;
    const of = (name: (typeof WANTED)[number]) => this.#fields.get(name) ?? '';
    const [file, sequence] = [numberIn(of('file_id')), numberIn(of('record'))];
    const record = file === null || sequence === null ? null : { file, sequence };
    const cell = of('value');
    this.#lines.push({
      ...{ line: this.#line, record, problem: record === null ? 'no_record' : null },
      ...{ column: withoutGuard(of('column')).trim(), cell, value: withoutGuard(cell) },
    });
  }
}

const ROW = 2;
const NOTHING: CorrectedLine = { line: 0, record: null, problem: null, column: '', cell: '', value: '' };
const LARGEST = 2_147_483_647;

function numberIn(text: string): number | null {
  const number = /^\s*\d{1,10}\s*$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= LARGEST ? number : null;
}

function noRejectsFile(path: string, missing: readonly string[]): LoadstoneError {
  return new LoadstoneError({
    code: 'USAGE',
    message: `${path} is no list of rejects: it has no column ${missing.map((name) => `"${name}"`).join(', ')}. Nothing was kept.`,
    remedy: 'Give the file that "loadstone rejects <job> --out" or the window wrote, with its first line.',
    place: { path },
  });
}
