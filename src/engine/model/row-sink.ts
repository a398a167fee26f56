import type { RejectCode, WarningCode } from '#contract/rejects';

/**
 * Where the mapper's rows go. Tables and columns are numbered as in the mapping. Everything is consumed during the
 * call: the mapper reuses its arrays.
 */
export interface RowSink {
  /** A complete row. */
  row(row: MappedRow): void;
  /** One objection to a row; a row with objections never arrives through `row`. A row's objections share its `sequence`. */
  reject(reject: MappedReject): void;
  /**
   * For who looks at single records: hears each row in place of `row` and `reject`, with what stands against it by column.
   */
  whole?(
    row: MappedRow,
    objections: ReadonlyMap<number, Omit<MappedReject, 'table' | 'sequence' | 'line' | 'column'>>,
  ): void;
  /** A value that became known only after rows that need it had been handed over; see {@link LateValue}. */
  late(value: LateValue): void;
  /** @param name what the warning is about, where it is told apart. */
  warn(code: WarningCode, count: number, name?: string): void;
}

export interface MappedRow {
  readonly table: number;
  /** Position of the record in its file, from 1, in document order of the records' starts, over all tables. */
  readonly sequence: number;
  readonly line: number;
  /**
   * One entry per upward slot of the table (see `upwardSlots`): the ordinal of the ancestor element, or for a `$parent`
   * slot the sequence of the enclosing record. 0 when there is none.
   */
  readonly anchors: readonly number[];
  /** PostgreSQL input text per column (unescaped), or null. Columns filled in SQL (lookup, late, absent default) are null. */
  readonly values: readonly (string | null)[];
}

export interface MappedReject {
  readonly table: number;
  readonly sequence: number;
  readonly line: number;
  readonly column: number | null;
  readonly field: string | null;
  readonly value: string | null;
  readonly code: RejectCode;
  readonly message: string;
}

/**
 * What an ancestor's element learnt too late: every staged row of `table` in this file whose anchor in `slot` is
 * `anchor` gets `value` in `column`, or is rejected with `reject`.
 */
export interface LateValue {
  readonly table: number;
  readonly slot: number;
  readonly anchor: number;
  readonly column: number | null;
  readonly value: string | null;
  readonly reject: {
    readonly field: string | null;
    readonly value: string | null;
    readonly code: RejectCode;
    readonly message: string;
  } | null;
}
