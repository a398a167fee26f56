/**
 * The ways a table's columns look upward. Each distinct way is a slot: a staged row carries, per slot, which ancestor it
 * hangs from, so that what the ancestor learns late can be filled in SQL.
 */
export type UpwardSlot =
  /** `..` taken `levels` times from the record's element. */
  | { readonly kind: 'ancestor'; readonly levels: number }
  /** `$parent.x`: the nearest enclosing record of one of these tables (numbers in the mapping). */
  | { readonly kind: 'parent'; readonly tables: readonly number[] };
