import type { ConflictPolicy } from '#contract/mapping';
import type { RelationKind } from '#contract/resolutions';
import type { UpwardSlot } from './upward-slots.ts';

/**
 * One mapped table as the SQL stages see it: names resolved, types settled with what the target really has, policy and
 * references spelled out. Pure data, so that it can be kept beside the staged rows and compared later.
 */
export interface LoadTable {
  /** Its number in the mapping; also the number of its staging table. */
  readonly index: number;
  /** The name written in the mapping: the key of every count shown to a user. */
  readonly name: string;
  /** false: staged for lookups only. */
  readonly keep: boolean;
  readonly schema: string;
  readonly table: string;
  readonly exists: boolean;
  readonly columns: readonly LoadColumn[];
  /** Numbers of the key's columns; empty for a table without key. */
  readonly key: readonly number[];
  /** The identity column that stands in for a missing key (ours to create, or found on the existing table). */
  readonly surrogate: string | null;
  readonly references: readonly LoadReference[];
  /** Where its rows come from: what stands beside the table when it is created. */
  readonly comment: string;
  readonly slots: readonly UpwardSlot[];
  /** What was decided for single conflicts; of several that fit one row the last counts. */
  readonly choices: readonly LoadChoice[];
}

/** `newer`: the number of the column whose greater value decides. */
export type ColumnPolicy = ConflictPolicy | { readonly newer: number };

/** A choice of the load's resolutions for conflicts of this table, by numbers of columns. */
export interface LoadChoice {
  /** Among the choices of the whole document, from 0 on. */
  readonly place: number;
  readonly which:
    | { /** In the order of the key's columns. */ readonly key: readonly string[] }
    | { readonly where: readonly LoadCondition[] };
  readonly use: ColumnPolicy;
}

export type LoadCondition =
  | { readonly column: number; readonly is: RelationKind }
  | {
      readonly column: number;
      readonly is: 'equals' | 'contains';
      readonly side: 'new' | 'old';
      readonly text: string;
    };

export interface LoadColumn {
  readonly index: number;
  /** As PostgreSQL stores it. */
  readonly name: string;
  /** As the mapping writes it: what users see. */
  readonly written: string;
  /** The type rows are staged in: the existing target's, else the mapping's. */
  readonly type: string;
  /** The type the mapping asks for; differs from `type` when the existing target's does. */
  readonly mappedType: string;
  /** A type we cannot judge (an enum, say) that the existing column has: rows are staged as text and cast at the end. */
  readonly castTo: string | null;
  readonly nullable: boolean;
  /** An SQL expression for absent values. Absence is then no statement about the row: it never counts as a difference. */
  readonly default: string | null;
  readonly policy: ColumnPolicy;
  readonly source: ColumnSource;
  /** Where its values come from; null: nowhere. */
  readonly comment: string | null;
}

/** Where a column's value comes from once the row is staged. */
export type ColumnSource =
  | { readonly kind: 'staged' }
  | { readonly kind: 'lookup'; readonly steps: readonly ResolvedStep[] }
  /** From the staged row of the enclosing record; `slot` says which; per parent table the column that is asked for. */
  | {
      readonly kind: 'parent';
      readonly slot: number;
      readonly columns: readonly { readonly table: number; readonly column: number }[];
    };

export interface ResolvedStep {
  readonly table: number;
  /** Column of that table = column of this row, or the value the step before took. */
  readonly where: readonly { readonly column: number; readonly equals: number | '$value' }[];
  readonly take: number;
  readonly scope: 'file' | 'load';
}

export interface LoadReference {
  readonly index: number;
  readonly columns: readonly number[];
  /** Number of the mapped table it points to; null when the target alone has it. */
  readonly parent: number | null;
  readonly schema: string;
  readonly table: string;
  readonly on: readonly string[];
  readonly onMissing: 'reject' | 'null' | 'fail';
  readonly onDelete: 'no action' | 'restrict' | 'cascade' | 'set null';
  /** Part of a cycle (a reference to its own table is one). */
  readonly cyclic: boolean;
  /** Part of a cycle, by an existing constraint that can neither wait nor be left null. */
  readonly rigid: boolean;
}
