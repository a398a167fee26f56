import type { MappingInput } from '#contract/mapping';
import type { ChosenType } from '#engine/model/types/choose-type';
import type { ElementNode } from '../observe/element-node.ts';
import type { QualifiedName } from '../observe/names.ts';
import type { ValueStats } from '../observe/value-stats.ts';
import type { NullWords } from './null-words.ts';

export type ColumnInput = MappingInput['tables'][number]['columns'][number];

/** One value of a record: where it stands below the record, and what its values are like. */
export interface FieldDraft {
  /** The elements from the record (not among them) to the one that holds the value. */
  readonly steps: readonly ElementNode[];
  readonly take: { readonly kind: 'text' | 'string' } | { readonly kind: 'attribute'; readonly name: QualifiedName };
  readonly values: ValueStats;
  readonly nullWords: NullWords;
  /** Names to join to a column's name, the record's own left out. */
  readonly words: readonly string[];
  readonly chosen: ChosenType;
  name: string;
  type: string;
}

/** Columns that no field fills: what the table's rows are told apart by, and what they belong to. */
export interface LinkColumn {
  readonly name: string;
  readonly type: string;
  readonly path: string;
  /** It names a parent, and keeps its name when it is handed further down. */
  readonly isOfParent: boolean;
}

export interface ReferenceDraft {
  readonly columns: readonly string[];
  readonly to: TableDraft;
  readonly on: readonly string[];
  readonly evidence: string | null;
}

/** A table that is being decided about. */
export interface TableDraft {
  readonly node: ElementNode;
  /** `records`: the names of elements from the root, or for a recursive element from that element. */
  readonly steps: readonly ElementNode[];
  readonly absolute: boolean;
  /** The tables whose records hold this one's. Several only where elements are recursive. */
  readonly parents: Set<TableDraft>;
  /** Whether its element may hold itself, or is reached from several tables. */
  readonly isRecursive: boolean;
  /** Its parent is the document, so that there is one record per file or each is told by its place. */
  readonly isRoot: boolean;
  /** The element around it repeats without being a record, so that its place below it tells nothing. */
  readonly isWrapped: boolean;
  readonly fields: FieldDraft[];
  name: string;
  readonly links: LinkColumn[];
  key: readonly string[];
  keyReason: string;
  readonly references: ReferenceDraft[];
}
