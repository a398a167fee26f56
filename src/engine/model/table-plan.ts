import type { UpwardSlot } from './upward-slots.ts';

/**
 * What the SQL stages must know of how a table's rows came to be. Pure data. Rules that hold for every table:
 * a row that is rejected in SQL takes the rows that hang from it through a `parent` slot with it (PARENT_REJECTED); a
 * null that is left in a `filledInSql` column is judged in SQL, in any other column the mapper has judged it, except in
 * rows it handed over early (then a late value or reject follows, or nothing more is known).
 */
export interface TablePlan {
  /** Number of the table in the mapping. */
  readonly table: number;
  readonly slots: readonly UpwardSlot[];
  readonly columns: readonly ColumnPlan[];
}

export interface ColumnPlan {
  /** As written in the mapping. */
  readonly name: string;
  readonly kind: 'path' | 'const' | 'lookup' | 'parent' | 'ancestor' | 'default-only';
  /** The slot a value of this column may arrive through after its row (see LateValue), or null. */
  readonly slot: number | null;
  /** Kind `parent`: the column that is asked for, in each table of the slot where SQL may know more of it than the mapper. */
  readonly parents: readonly { readonly table: number; readonly column: number }[];
  /**
   * The value may be known in SQL only: a lookup, or a `parent` column whose parent's column is itself a lookup, has a
   * default, or looks upward. Staged as null, it is then taken from the parent's staged row by the slot's anchor (0:
   * leave it). Fill parents before their children.
   */
  readonly filledInSql: boolean;
}
