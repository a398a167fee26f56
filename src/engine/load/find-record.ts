import type { Mapping } from '#contract/mapping';
import { compileForTarget } from '#engine/map/compile-for-target';
import { compileRaw } from '#engine/map/compile-raw';
import { Mapper } from '#engine/map/mapper';
import type { FileCorrections } from '#engine/model/corrections';
import type { LoadTable } from '#engine/model/load-table';
import { NameTable } from '#engine/model/name-table';
import type { LateValue, MappedReject, MappedRow, RowSink } from '#engine/model/row-sink';
import type { TextPlace, TreeHandler } from '#engine/model/tree-handler';
import { type ReadFile, readUntilEnough } from './read-until-enough.ts';

/** What a record's row is made of: by column what was found, and what stands against it. */
interface FoundRow {
  readonly line: number;
  readonly values: readonly (string | null)[];
  readonly objections: ReadonlyMap<number, Pick<MappedReject, 'code' | 'message'>>;
}

export interface FoundRecord {
  readonly line: number;
  /** In bytes of the decoded text; null: the parser cannot tell. */
  readonly start: number | null;
  readonly stop: number | null;
  /** It cannot be read as it stands in the file. */
  readonly unreadable: boolean;
  /** As the file has its values, and as they are loaded; null where the record cannot be read. */
  readonly raw: FoundRow | null;
  readonly mapped: FoundRow | null;
}

export interface FindOptions {
  readonly mapping: Mapping;
  /** With the types that the targets have. */
  readonly tables: readonly LoadTable[];
  readonly sequence: number;
  readonly corrections: FileCorrections;
}

/** Reads a file up to one of its records, as a load does. @returns null when the file has no such record. */
export async function findRecord(file: ReadFile, options: FindOptions): Promise<FoundRecord | null> {
  const names = new NameTable({ prefixes: options.mapping.source.format === 'xml' });
  const finder = new RecordFinder(names, options);
  finder.start(file.path);
  await readUntilEnough(file, { names, handler: finder, isEnough: () => finder.isDone });
  return finder.found;
}

/** Lets two mappers hear one document, and takes note of the record when it comes by. */
class RecordFinder implements TreeHandler {
  readonly #raw: Mapper;
  readonly #mapped: Mapper;
  readonly #rawRow: RowCatcher;
  readonly #mappedRow: RowCatcher;
  readonly #options: FindOptions;
  #place: TextPlace | null = null;
  #depth = 0;
  /** How deep the record's element lies, while it is open. */
  #recordDepth = -1;
  #begun: { readonly line: number; readonly start: number | null } | null = null;
  #stop: number | null = null;
  #isOver = false;
  #unreadable = false;
  /** And no text in its place can be. */
  #isBroken = false;
  /** Somebody's own text is told next, for a record that cannot be read. */
  #isReplacing = false;

  constructor(names: NameTable, options: FindOptions) {
    this.#options = options;
    this.#raw = new Mapper(compileRaw(options.mapping, names));
    this.#mapped = new Mapper(compileForTarget(options.mapping, options.tables, names));
    const { sequence, corrections } = options;
    this.#rawRow = new RowCatcher(sequence, new Map());
    this.#mappedRow = new RowCatcher(sequence, corrections.get(sequence)?.columns ?? new Map());
  }

  start(path: string): void {
    const { sequence, corrections } = this.#options;
    const slash = path.lastIndexOf('/');
    const file = { path, name: path.slice(slash + 1), folder: slash < 0 ? '' : path.slice(0, slash) };
    const own = corrections.get(sequence);
    // What the file has in the record itself is asked for; what is above it is as it is loaded.
    const others = new Map(corrections).set(sequence, { record: own?.record ?? null, columns: new Map() });
    this.#raw.startFile(file, this.#rawRow, others);
    this.#mapped.startFile(file, this.#mappedRow, corrections);
  }

  /** Whether nothing that follows in the file matters. */
  get isDone(): boolean {
    return this.#isOver && (this.#isBroken || (this.#rawRow.isComplete && this.#mappedRow.isComplete));
  }

  get found(): FoundRecord | null {
    if (this.#begun === null) return null;
    const { line, start } = this.#begun;
    const [raw, mapped] = [this.#rawRow.found, this.#mappedRow.found];
    return { line, start, stop: this.#stop, unreadable: this.#unreadable, raw, mapped };
  }

  get wantsText(): boolean {
    return this.#raw.wantsText || this.#mapped.wantsText;
  }

  get wantsAttributes(): boolean {
    return this.#raw.wantsAttributes || this.#mapped.wantsAttributes;
  }

  locate(place: TextPlace | null): void {
    this.#place = place;
  }

  header(columns: readonly number[], line: number): void {
    this.#both((mapper) => mapper.header(columns, line));
  }

  open(name: number, line: number): void {
    const before = this.#mapped.sequence;
    this.#both((mapper) => mapper.open(name, line));
    this.#depth += 1;
    if (this.#isReached(before)) {
      this.#begin(line);
      this.#unreadable = this.#isReplacing;
      this.#recordDepth = this.#depth;
    }
    this.#isReplacing = false;
  }

  attribute(name: number, value: string): void {
    this.#both((mapper) => mapper.attribute(name, value));
  }

  text(piece: string): void {
    this.#both((mapper) => mapper.text(piece));
  }

  unresolvedEntity(name: string): void {
    this.#both((mapper) => mapper.unresolvedEntity(name));
  }

  unresolvedAttributeEntity(name: string): void {
    this.#both((mapper) => mapper.unresolvedAttributeEntity(name));
  }

  close(): void {
    this.#both((mapper) => mapper.close());
    if (this.#depth === this.#recordDepth) this.#end();
    this.#depth -= 1;
  }

  nullItem(name: number): void {
    this.#both((mapper) => mapper.nullItem(name));
  }

  correctedRecord(name: number): string | null {
    const text = this.#mapped.correctedRecord(name);
    this.#isReplacing = text !== null;
    return text;
  }

  beginsRecord(path: readonly number[]): boolean {
    return this.#mapped.beginsRecord(path);
  }

  brokenRecord(name: number, line: number, raw: string, message: string): void {
    const before = this.#mapped.sequence;
    this.#both((mapper) => mapper.brokenRecord(name, line, raw, message));
    this.#isReplacing = false;
    if (!this.#isReached(before)) return;
    this.#begin(line);
    this.#unreadable = true;
    this.#isBroken = true;
    this.#end();
  }

  #both(tell: (mapper: Mapper) => void): void {
    tell(this.#raw);
    tell(this.#mapped);
  }

  #isReached(before: number): boolean {
    const { sequence } = this.#options;
    return this.#begun === null && before < sequence && this.#mapped.sequence >= sequence;
  }

  #begin(line: number): void {
    this.#begun = { line, start: this.#place?.start() ?? null };
  }

  #end(): void {
    this.#stop = this.#place?.stop() ?? null;
    this.#recordDepth = -1;
    this.#isOver = true;
  }
}

/** Catches the row of one record, and what it learns later. */
class RowCatcher implements RowSink {
  readonly #sequence: number;
  readonly #corrected: ReadonlyMap<number, unknown>;
  #caught: (Omit<FoundRow, 'values' | 'objections'> & Pick<MappedRow, 'table' | 'anchors'>) | null = null;
  #values: (string | null)[] = [];
  readonly #objections = new Map<number, Pick<MappedReject, 'code' | 'message'>>();

  /** @param corrected Columns to which nothing above has anything to say. */
  constructor(sequence: number, corrected: ReadonlyMap<number, unknown>) {
    this.#sequence = sequence;
    this.#corrected = corrected;
  }

  get found(): FoundRow | null {
    if (this.#caught === null) return null;
    return { line: this.#caught.line, values: this.#values, objections: this.#objections };
  }

  /** Whether no ancestor can tell it more: it hangs from none, or has all its values. */
  get isComplete(): boolean {
    if (this.#caught === null) return false;
    return this.#caught.anchors.every((anchor) => anchor === 0) || !this.#values.includes(null);
  }

  whole({ table, sequence, line, anchors, values }: MappedRow, objections: FoundRow['objections']): void {
    if (sequence !== this.#sequence) return;
    this.#caught = { table, line, anchors: [...anchors] };
    this.#values = [...values];
    for (const [column, { code, message }] of objections) this.#objections.set(column, { code, message });
  }

  late({ table, slot, anchor, column, value, reject }: LateValue): void {
    const caught = this.#caught;
    if (caught === null || column === null || caught.table !== table || caught.anchors[slot] !== anchor) return;
    if (this.#corrected.has(column) && reject?.code !== 'PARENT_REJECTED') return;
    this.#values[column] ??= value;
    if (reject !== null) this.#objections.set(column, { code: reject.code, message: reject.message });
  }

  row(): void {}
  reject(): void {}
  warn(): void {}
}
