import type { FileCorrections, RecordCorrection } from '#engine/model/corrections';
import type { RowSink } from '#engine/model/row-sink';
import type { CompiledMapping, CompiledTable, Source } from '../compile/compiled.ts';
import { align, type Decision, decideNow } from '../match/align.ts';
import type { AttributeStore } from '../match/attribute-store.ts';
import type { GuardRun } from '../match/guard-run.ts';
import type { OpenElement } from '../match/open-elements.ts';
import { contextOf } from '../match/value-taker.ts';
import { ContentHash } from './content-hash.ts';
import { Context } from './context.ts';
import type { AttributeText, MappedFile } from './local-values.ts';
import { OpenRecord } from './open-record.ts';
import { type Document, type HoldLimits, RowBuilder } from './row-builder.ts';
import { RowOutput } from './row-output.ts';

interface RecordsOptions {
  readonly compiled: CompiledMapping;
  readonly stack: readonly OpenElement[];
  readonly attributes: AttributeStore;
  readonly hashes: ContentHash[];
  readonly limits: HoldLimits;
  readonly extra: (count: number) => void;
}

interface Whereabouts {
  readonly depth: number;
  readonly line: number;
  /** Its number among all elements of the document. */
  readonly node: number;
}

interface BrokenRecord {
  readonly tables: readonly CompiledTable[];
  readonly parent: OpenElement;
  readonly name: number;
  readonly line: number;
  readonly raw: string;
  readonly message: string;
}

/** The records that are open, from their element's start to its end. */
export class OpenRecords implements Document {
  readonly #options: RecordsOptions;
  readonly #builder: RowBuilder;
  readonly #output = new RowOutput();
  /** Per table: records whose rows are out and that nobody can ask any more, to be used again. */
  readonly #spare: readonly OpenRecord[][];
  #sequence = 0;
  #corrections: FileCorrections | null = null;
  file: MappedFile = { path: '', name: '', folder: '' };

  constructor(options: RecordsOptions) {
    this.#options = options;
    this.#spare = options.compiled.tables.map(() => []);
    this.#builder = new RowBuilder(options.compiled, this, this.#output, options.limits);
  }

  get extra(): (count: number) => void {
    return this.#options.extra;
  }

  get held(): number {
    return this.#builder.held;
  }

  /** How many records have begun in this file. */
  get sequence(): number {
    return this.#sequence;
  }

  startFile(file: MappedFile, sink: RowSink, corrections: FileCorrections | null): void {
    this.file = file;
    this.#corrections = corrections;
    this.#output.sink = sink;
    this.#builder.reset();
    this.#sequence = 0;
  }

  /** The text that somebody wrote for the record which cannot be read and comes next. */
  correctedRecord(tables: readonly CompiledTable[]): string | null {
    const texts = tables.map((_, at) => this.#corrections?.get(this.#sequence + 1 + at)?.record ?? null);
    return texts.find((text) => text !== null) ?? null;
  }

  correctionOf(record: OpenRecord): RecordCorrection | null {
    return this.#corrections?.get(record.sequence) ?? null;
  }

  /** A record that could not be read counts, with its number and index, for every table that it would have been one of. */
  broken({ tables, parent, name, line, raw, message }: BrokenRecord): void {
    this.#countIndex(tables, parent, name);
    for (const table of tables) this.#output.broken(table.index, ++this.#sequence, line, raw, message);
  }

  /** A sibling of the records that is none itself takes a place. */
  pass(tables: readonly CompiledTable[], parent: OpenElement, name: number): void {
    this.#countIndex(tables, parent, name);
  }

  begin(element: OpenElement, parent: OpenElement, { depth, line, node }: Whereabouts): void {
    const { names } = this.#options.compiled;
    const records: OpenRecord[] = [];
    const index = this.#countIndex(element.state.records, parent, element.name);
    for (const table of element.state.records) {
      const record = this.#take(table);
      record.sequence = ++this.#sequence;
      record.line = line;
      record.depth = depth;
      record.index = index;
      record.node = node;
      record.name = names.nameOf(names.localOf(element.name));
      record.context.reset(element.ordinal);
      element.contexts[table.context.id] = record.context;
      record.outer = parent.record;
      if (table.isParent) {
        record.next = element.record;
        element.record = record;
      }
      if (table.wantsHash) {
        record.hash = new ContentHash(names);
        this.#options.hashes.push(record.hash);
      }
      records.push(record);
    }
    element.records = records;
  }

  /** The element is over: what hangs from it as from an ancestor is known, and the records that start at it are complete. */
  end(element: OpenElement, depth: number): void {
    for (const kind of element.state.contexts) {
      const context = element.contexts[kind];
      if (context) this.#builder.finishContext(context);
    }
    if (element.records === null || depth < 1) return;
    for (const record of element.records) {
      if (isPlain(record.table)) {
        record.context.finish();
        this.#builder.finishPlain(record);
        this.#spare[record.table.index]?.push(record);
      } else {
        record.context.finish();
        this.#builder.finish(record);
      }
    }
    for (const { hash } of element.records) if (hash !== null) this.#options.hashes.pop();
  }

  reconsider(run: GuardRun): void {
    this.#builder.reconsider(run);
  }

  decide(record: OpenRecord): Decision {
    if (record.decision !== null) return decideNow(record.decision);
    const { pattern } = record.table;
    if (!pattern.guarded) return true;
    return align(pattern, this.#options.stack, 0, record.depth, this.#options.compiled.names);
  }

  contextAbove(record: OpenRecord, kind: number, levels: number): Context | null {
    const depth = record.depth - levels;
    const element = this.#options.stack[depth];
    return depth < 1 || element === undefined ? null : contextOf(element, kind, this.#options.compiled);
  }

  attribute(record: OpenRecord, source: Extract<Source, { kind: 'ancestor-attribute' }>): AttributeText | null {
    const depth = record.depth - source.up;
    const element = this.#options.stack[depth];
    if (depth < 1 || element === undefined) return null;
    const at = this.#options.attributes.find(element, depth, source.name);
    const { attributes } = this.#options;
    return at < 0 ? null : { text: attributes.valueAt(at), entity: attributes.entityAt(at) };
  }

  #take(table: CompiledTable): OpenRecord {
    const record = this.#spare[table.index]?.pop();
    if (record === undefined) return new OpenRecord(table, new Context(table.context));
    record.hash = null;
    return record;
  }

  /** Counts siblings of one name where some table asks for it. */
  #countIndex(tables: readonly CompiledTable[], parent: OpenElement, name: number): number {
    if (!tables.some(({ wantsIndex }) => wantsIndex)) return 0;
    parent.hasChild = true;
    parent.indexes ??= new Map();
    const index = (parent.indexes.get(name) ?? 0) + 1;
    parent.indexes.set(name, index);
    return index;
  }
}

/** Its records' rows go out at their end and are asked by nobody, so that their objects can be used again. */
function isPlain(table: CompiledTable): boolean {
  return table.slots.length === 0 && !table.isParent && !table.pattern.guarded;
}
