import type { MappedColumn, Mapping } from '#contract/mapping';
import type { RejectCode } from '#contract/rejects';
import type { NameTable } from '#engine/model/name-table';
import type { TablePlan } from '#engine/model/table-plan';
import type { UpwardSlot } from '#engine/model/upward-slots';
import type { ColumnConverter } from '../convert/converter.ts';
import type { RecordFact } from '../path/ast.ts';
import type { HeaderNames } from './header-names.ts';

/** A name test over name ids. `uri` is what a mapping's prefix is bound to; '': no namespace; null: any. */
export interface NameMatcher {
  readonly kind: 'any' | 'local' | 'exact';
  readonly id: number;
  readonly uri: string | null;
}

export type GuardTest =
  | { readonly kind: 'namespace' }
  | { readonly kind: 'position'; readonly position: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'attribute' | 'child'; readonly name: NameMatcher; readonly value: string };

/**
 * What a step asks of an element beyond its local name. It depends on the element and its siblings alone, so steps
 * written alike share one guard and siblings left out are counted once.
 */
export interface Guard {
  readonly id: number;
  readonly name: NameMatcher;
  readonly tests: readonly GuardTest[];
  /** Some `records` pattern waits for it. */
  readonly records: boolean;
}

export interface LineStep {
  readonly descendant: boolean;
  readonly test: NameMatcher;
  readonly guard: Guard | null;
}

/** A downward path as the automaton runs it, from where it starts to what happens where it ends. */
export interface Line {
  readonly id: number;
  readonly steps: readonly LineStep[];
  /** A relative `records` pattern: its first step may be found at any depth. */
  readonly anywhere: boolean;
  readonly guarded: boolean;
  /** Child steps only: the element it started at lies `steps.length` levels above. */
  readonly direct: boolean;
  readonly role: LineRole;
}

export type LineRole =
  | { readonly kind: 'record'; readonly table: number }
  | { readonly kind: 'value'; readonly context: number; readonly source: number; readonly take: Take }
  /** An ancestor's own attribute, read off the open elements when a row needs it. */
  | { readonly kind: 'keep-attributes'; readonly context: number };

type Take = { readonly kind: 'text' | 'string' } | { readonly kind: 'attribute'; readonly name: NameMatcher };

/** The elements that values of one table are collected below: its records (`up` 0) or their ancestors. */
export interface ContextKind {
  readonly id: number;
  readonly table: number;
  readonly up: number;
  readonly lines: readonly Line[];
  /** Per source which of several values is kept. */
  readonly keeps: readonly Keep[];
}

export type Keep = 'first' | 'last' | 'all';

export type Source =
  | { readonly kind: 'collected'; readonly source: number; readonly field: string }
  | { readonly kind: 'fact'; readonly fact: RecordFact; readonly field: string }
  | { readonly kind: 'ancestor-attribute'; readonly up: number; readonly name: NameMatcher; readonly field: string }
  | { readonly kind: 'ancestor'; readonly slot: number; readonly source: number; readonly field: string }
  | {
      readonly kind: 'parent';
      readonly slot: number;
      readonly field: string;
      readonly columns: readonly ParentColumn[];
    };

export interface ParentColumn {
  readonly table: number;
  readonly column: number;
  /** Same type: the converted text is taken as it is. */
  readonly sameType: boolean;
}

export interface CompiledColumn {
  readonly index: number;
  readonly mapped: MappedColumn;
  readonly convert: ColumnConverter;
  /** Judges a text that is already of the column's type by the target's narrower one; null: they are the same. */
  readonly narrow: ColumnConverter | null;
  readonly onExtraValues: 'reject' | 'warn' | 'ignore';
  /** Tried in order. */
  readonly sources: readonly Source[];
  /** The number of its only source when that is a value of the record and one is asked for; -1: there is more to it. */
  readonly plain: number;
  /** Which of `sources` looks upward and may be known late; -1: none. */
  readonly upward: number;
  readonly slot: number | null;
  readonly constant: string | null;
  /** The code when the mapper finds no value; null where that is no objection or SQL's to judge. */
  readonly missing: RejectCode | null;
  readonly field: string | null;
}

export interface CompiledTable {
  readonly index: number;
  readonly columns: readonly CompiledColumn[];
  readonly pattern: Line;
  readonly slots: readonly CompiledSlot[];
  /** Its records' kind (`up` 0). */
  readonly context: ContextKind;
  /** Some table's `$parent` may mean this one. */
  readonly isParent: boolean;
  readonly wantsIndex: boolean;
  readonly wantsHash: boolean;
  readonly feeds: (path: string) => boolean;
  /** What it asks of a CSV file's header. */
  readonly header: readonly HeaderNames[];
}

export interface CompiledSlot {
  readonly slot: UpwardSlot;
  /** The kind whose contexts an `ancestor` slot looks at; -1 for `parent`. */
  readonly context: number;
  /** Columns that depend on it. */
  readonly columns: readonly number[];
}

/** A mapping ready to run. Immutable; one per worker. */
export interface CompiledMapping {
  readonly mapping: Mapping;
  readonly names: NameTable;
  readonly tables: readonly CompiledTable[];
  readonly contexts: readonly ContextKind[];
  readonly guards: readonly Guard[];
  readonly plans: readonly TablePlan[];
  readonly trim: boolean;
}
