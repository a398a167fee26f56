import type { Mapping } from '#contract/mapping';
import { storedName } from '#engine/model/target-name';
import type { UpwardSlot } from '#engine/model/upward-slots';
import type { ColumnPath } from '../path/ast.ts';
import type { Keep, Line, NameMatcher } from './compiled.ts';
import type { LineBuilder } from './line-builder.ts';

type Selection = Extract<ColumnPath, { kind: 'select' }>;

/** A kind of context while its lines are gathered. */
export interface KindDraft {
  readonly id: number;
  readonly table: number;
  readonly up: number;
  readonly lines: Line[];
  readonly keeps: Keep[];
}

/** Gathers what the columns of one table ask of the document. */
export class TableBuilder {
  readonly table: number;
  readonly defaults: Mapping['defaults'];
  readonly slots: UpwardSlot[] = [];
  readonly #shared: boolean[] = [];
  readonly #kinds: KindDraft[];
  readonly #lines: LineBuilder;
  readonly #key: ReadonlySet<string>;
  readonly #stored: (name: string) => string;

  /** @param kinds The kinds of the whole mapping; this table's are appended. */
  constructor(mapping: Mapping, table: number, lines: LineBuilder, kinds: KindDraft[]) {
    this.table = table;
    this.defaults = mapping.defaults;
    this.#lines = lines;
    this.#kinds = kinds;
    this.#stored = (name) => storedName(name, mapping);
    this.#key = new Set(mapping.tables[table]?.key.map(this.#stored));
    this.kind(0);
  }

  isKey(column: string): boolean {
    return this.#key.has(this.#stored(column));
  }

  kind(up: number): KindDraft {
    const known = this.#kinds.find((kind) => kind.table === this.table && kind.up === up);
    if (known !== undefined) return known;
    const kind: KindDraft = { id: this.#kinds.length, table: this.table, up, lines: [], keeps: [] };
    this.#kinds.push(kind);
    return kind;
  }

  /** @returns the number of the path's value in its context. */
  collect(path: Selection, keep: Keep): number {
    const kind = this.kind(path.up);
    const source = kind.keeps.push(keep) - 1;
    const { terminal } = path;
    const take =
      terminal.kind === 'attribute'
        ? { kind: terminal.kind, name: this.#lines.matcher(terminal.name) }
        : { kind: terminal.kind === 'string' ? ('string' as const) : ('text' as const) };
    kind.lines.push(this.#lines.value(path.steps, { kind: 'value', context: kind.id, source, take }));
    return source;
  }

  keepAttributes(path: Selection): NameMatcher {
    const kind = this.kind(path.up);
    kind.lines.push(this.#lines.value([], { kind: 'keep-attributes', context: kind.id }));
    if (path.terminal.kind !== 'attribute') throw new TypeError('only attributes can be kept');
    return this.#lines.matcher(path.terminal.name);
  }

  /**
   * @param shared Columns with one path share a slot; a list of paths has its own, so that a row that found its value
   *   elsewhere can say so with an anchor of 0.
   */
  slot(slot: UpwardSlot, shared: boolean): number {
    const same = this.slots.findIndex((known, at) => shared && this.#shared[at] && equalSlots(known, slot));
    if (same >= 0) return same;
    this.#shared.push(shared);
    return this.slots.push(slot) - 1;
  }
}

function equalSlots(a: UpwardSlot, b: UpwardSlot): boolean {
  if (a.kind === 'ancestor') return b.kind === 'ancestor' && a.levels === b.levels;
  return b.kind === 'parent' && a.tables.length === b.tables.length && a.tables.every((t, at) => t === b.tables[at]);
}
