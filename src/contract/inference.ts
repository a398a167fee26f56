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
  /** How the CSV files are written, those written alike together; empty for other formats. */
  readonly dialects: readonly CsvFileGroup[];
}

/** What a guess about a CSV file rests on; what `facts` are named stands behind each. */
export type DialectEvidenceCode =
  /** Somebody said so. */
  | 'GIVEN'
  | 'BYTE_ORDER_MARK'
  | 'ZERO_BYTES'
  | 'ASCII'
  | 'VALID_UTF8'
  | 'DAMAGED_UTF8'
  /** accents */
  | 'VIETNAMESE_ACCENTS'
  | 'NO_OTHER_ENCODING'
  /** even, records, fields */
  | 'EVEN_RECORDS'
  /** even, records, fields, and delimiter and quote ('' for none) of the other reading */
  | 'EVEN_IN_TWO_WAYS'
  | 'ONE_COLUMN'
  /** A first line `sep=;` says so. */
  | 'SEPARATOR_LINE'
  /** fields that would be quoted, broken records if they quoted */
  | 'QUOTES_ARE_TEXT'
  | 'NOTHING_QUOTED'
  /** fields */
  | 'FIELDS_QUOTED'
  | 'NOTHING_ESCAPED'
  | 'QUOTES_DOUBLED'
  | 'BACKSLASHES'
  | 'NO_COMMENTS'
  | 'COMMENTS_DO_NOT_FIT'
  | 'BEGINS_AT_TOP'
  /** lines */
  | 'PREAMBLE'
  /** value */
  | 'VALUE_IN_FIRST_LINE'
  /** name */
  | 'OTHER_TYPE_BELOW'
  | 'NAMES_NOWHERE_BELOW'
  | 'LIKE_THE_OTHERS'
  /** columns */
  | 'DECIMAL_POINTS'
  /** columns */
  | 'DECIMAL_COMMAS'
  | 'NO_DECIMALS'
  | 'ONLY_EMPTY'
  /** tokens */
  | 'TOKENS_AMONG_OTHERS';

export interface DialectEvidence {
  readonly code: DialectEvidenceCode;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** Something guessed of a CSV file, how sure that is (0 to 1; from 0.9 on it may be relied on), and why. */
export interface DialectProperty<Value> {
  readonly value: Value;
  readonly confidence: number;
  readonly evidence: DialectEvidence;
}

/** How a CSV file is written: what the mapping's `source.encoding`, `source.csv` and its columns' `decimal` have to say. */
export interface CsvDialectFacts {
  readonly encoding: DialectProperty<string>;
  readonly delimiter: DialectProperty<string>;
  readonly quote: DialectProperty<string | null>;
  readonly escape: DialectProperty<string | null>;
  readonly comment: DialectProperty<string | null>;
  /** Lines above the first record (or header) that belong to no table. */
  readonly skipLines: DialectProperty<number>;
  readonly header: DialectProperty<boolean>;
  readonly decimal: DialectProperty<'.' | ','>;
  /** Texts that stand for no value; '' is the empty field. */
  readonly nullValues: DialectProperty<readonly string[]>;
}

/** CSV files that are written alike; of each property the least sure guess. */
export interface CsvFileGroup {
  readonly files: number;
  /** The first of them, relative to the chosen folder. */
  readonly path: string;
  readonly dialect: CsvDialectFacts;
}

/** How one CSV file is written, and how it begins when it is read so. */
export interface CsvDialectGuess {
  /** The file looked at, relative to the chosen folder, one of `files`. */
  readonly path: string;
  readonly files: number;
  readonly dialect: CsvDialectFacts;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    /** Of dates that are not written in ISO form. */
    readonly formats?: readonly string[];
    readonly doubt?: { readonly code: UncertaintyCode; readonly why: string };
  }[];
  /** The first of them, as a load reads them. */
  readonly records: readonly CsvRecord[];
  /** Why the file is refused, if it is: behind these records, as far as its beginning shows. */
  readonly refused?: { readonly code: string; readonly message: string; readonly place?: Place };
}

/** A record by the columns' order, null where there is no value; or one that a load rejects. */
export type CsvRecord =
  | { readonly line: number; readonly values: readonly (string | null)[] }
  | { readonly line: number; readonly raw: string; readonly message: string };

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
  | 'KEY_BY_PLACE'
  | 'NO_KEY'
  | 'FEW_RECORDS'
  | 'REFERENCE_NOT_CERTAIN'
  | 'MANY_VALUES'
  | 'MIXED_CONTENT'
  | 'NULL_ITEMS'
  | 'NAMES_AS_DATA'
  | 'RECURSIVE'
  | 'TOO_MANY_PATHS'
  | 'TOO_WIDE'
  | 'BROKEN_RECORDS'
  | 'DIALECTS_DIFFER'
  | 'NULL_WORDS'
  | 'QUOTES_AS_TEXT'
  | 'NO_HEADER'
  | 'LINES_SKIPPED'
  | 'TOTALS_LINE'
  | 'SAMPLED'
  | 'OTHER_FORMATS'
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
