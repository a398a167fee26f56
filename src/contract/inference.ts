import type { Place } from './errors.ts';

/** What `loadstone infer` found out beside the mapping: facts of the elements, and what was not certain. */
export interface InferenceReport {
  readonly files: {
    readonly found: number;
    /** Looked at, at least in part. */
    readonly read: number;
    /** Looked at only up to the sample's limit. */
    readonly cut: number;
    /** Files a load would refuse: nothing of them was counted. */
    readonly failed: readonly {
      readonly path: string;
      readonly code: string;
      readonly message: string;
      readonly place?: Place;
    }[];
  };
  readonly bytes: number;
  readonly elements: number;
  readonly tables: readonly InferredTable[];
  readonly references: readonly InferredReference[];
  readonly uncertain: readonly Uncertainty[];
  readonly tree: readonly ObservedElement[];
}

export interface InferredTable {
  readonly name: string;
  readonly path: string;
  readonly rows: number;
  readonly columns: number;
  readonly key: readonly string[];
  /** Why this key, or why none. */
  readonly keyReason: string;
}

export interface InferredReference {
  readonly table: string;
  readonly columns: readonly string[];
  readonly to: string;
  readonly on: readonly string[];
  /** E.g. `1,204 of 1,204 different values are found`. */
  readonly evidence: string;
}

export type UncertaintyCode =
  | 'TYPE_LEADING_ZERO'
  | 'TYPE_DISAGREES'
  | 'TYPE_AMBIGUOUS_DATE'
  | 'TYPE_AMBIGUOUS_NUMBER'
  | 'TYPE_TOO_LARGE'
  | 'TYPE_ROUNDED'
  | 'ALWAYS_EMPTY'
  | 'NOT_NFC'
  | 'UNLOADABLE'
  | 'KEY_NOT_CERTAIN'
  | 'NO_KEY'
  | 'NO_PARENT_KEY'
  | 'FEW_RECORDS'
  | 'REFERENCE_NOT_CERTAIN'
  | 'MANY_VALUES'
  | 'MIXED_CONTENT'
  | 'RECURSIVE'
  | 'NAMES_MERGED'
  | 'TOO_MANY_PATHS'
  | 'TOO_WIDE'
  | 'BROKEN_RECORDS'
  | 'SAMPLED'
  | 'SCHEMA_IGNORED'
  | 'SCHEMA_CONTRADICTED';

/** One thing that could have been decided otherwise. */
export interface Uncertainty {
  readonly code: UncertaintyCode;
  readonly path: string;
  readonly table?: string;
  readonly column?: string;
  /** What was decided. */
  readonly decided: string;
  /** Why, with the numbers. */
  readonly why: string;
}

/** An element or an attribute (`@name`) with its path from the root. */
export interface ObservedElement {
  readonly path: string;
  readonly count: number;
  /** Below one parent. */
  readonly least: number;
  readonly most: number;
  /** Parents with 1, 2, 3 to 5, 6 to 10, 11 to 100 and more of them. */
  readonly histogram: readonly number[];
  readonly values?: {
    readonly count: number;
    readonly empty: number;
    /** Different values; `atLeast` when not all were compared. */
    readonly distinct: number;
    readonly atLeast: boolean;
    readonly shortest: number;
    readonly longest: number;
    readonly samples: readonly string[];
    readonly type: string;
  };
}
