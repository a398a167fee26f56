import { LoadstoneError } from '#contract/errors';
import { type Mapping, mappingSchema } from '#contract/mapping';
import { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { parseBuffer, parseFile } from '#engine/parse/parse-file';

type Source = Mapping['source'];
export type SourceInput = Partial<Omit<Source, 'csv'>> & { readonly csv?: Partial<Source['csv']> };

/** An element as its text, or its children in order. */
export type Heard = string | readonly (readonly [name: string, content: Heard])[];

export interface HeardFile {
  /** The children of the document element. */
  readonly records: readonly (readonly [name: string, content: Heard])[];
  readonly lines: readonly number[];
  readonly broken: readonly { readonly line: number; readonly raw: string; readonly message: string }[];
  readonly error: LoadstoneError | undefined;
}

class Recorder implements TreeHandler {
  wantsText = true;
  readonly wantsAttributes = false;
  readonly names = new NameTable({ prefixes: false });
  readonly lines: number[] = [];
  readonly broken: { line: number; raw: string; message: string }[] = [];
  readonly document: [string, Heard][] = [];
  readonly #open: { name: string; text: string; children: [string, Heard][] }[] = [];

  open(name: number, line: number): void {
    if (this.#open.length === 1) this.lines.push(line);
    this.#open.push({ name: this.names.nameOf(name), text: '', children: [] });
  }
  attribute(): void {}
  text(piece: string): void {
    const top = this.#open.at(-1);
    if (top) top.text += piece;
  }
  unresolvedEntity(): void {}
  unresolvedAttributeEntity(): void {}
  close(): void {
    const { name, text, children } = this.#open.pop() ?? { name: '', text: '', children: [] };
    const heard: [string, Heard] = [name, children.length > 0 || (text === '' && name === 'row') ? children : text];
    (this.#open.at(-1)?.children ?? this.document).push(heard);
  }
  brokenRecord(_name: number, line: number, raw: string, message: string): void {
    this.broken.push({ line, raw, message });
  }
  get heard(): readonly [string, Heard][] {
    const whole = this.document[0]?.[1] ?? this.#open[0]?.children ?? [];
    return typeof whole === 'string' ? [] : (whole as [string, Heard][]);
  }
}

export function sourceOf(input: SourceInput): Source {
  const tables = [{ name: 't', records: 'r', columns: [{ name: 'a', type: 'text', path: 'a' }] }];
  return mappingSchema.parse({ version: 1, name: 'test', source: { format: 'csv', ...input }, tables }).source;
}

/** Reads a file at once, or in chunks of a size, through one buffer that is overwritten each time. */
export async function hear(
  content: Buffer | string,
  input: SourceInput,
  chunkSize?: number,
  path = 'a/b.txt',
): Promise<HeardFile> {
  const handler = new Recorder();
  const buffer = Buffer.from(content as string);
  const options = { path, source: sourceOf(input), names: handler.names, handler };
  let error: LoadstoneError | undefined;
  try {
    if (chunkSize === undefined) await parseBuffer(buffer, options);
    else await parseFile(reusedChunks(buffer, chunkSize), options);
  } catch (thrown) {
    if (!(thrown instanceof LoadstoneError)) throw thrown;
    error = thrown;
  }
  return { records: handler.heard, lines: handler.lines, broken: handler.broken, error };
}

async function* reusedChunks(content: Buffer, size: number): AsyncGenerator<Buffer> {
  const shared = Buffer.alloc(size);
  for (let at = 0; at < content.length; at += size) {
    const length = content.copy(shared, 0, at, at + size);
    yield shared.subarray(0, length);
    shared.fill(0x58);
  }
}

/** CSV records as rows of texts: absent fields are null. */
export function rowsOf({ records }: HeardFile, columns: readonly string[]): (string | null)[][] {
  return records.map(([, content]) => {
    const fields = new Map(typeof content === 'string' ? [] : content);
    return columns.map((column) => (fields.get(column) as string | undefined) ?? null);
  });
}

/** The error's code, line and column. */
export function failure({ error }: HeardFile): string | undefined {
  return error && `${error.code} ${error.place?.line}:${error.place?.column}`;
}
