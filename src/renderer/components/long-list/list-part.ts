/** Browsers draw nothing right that is higher than some ten million pixels: a longer list is shown in parts. */
const MOST_ROWS = 100_000;

/** Which rows of a list are shown. */
export interface ListPart {
  /** From 0. */
  readonly part: number;
  /** Of the whole list. */
  readonly total: number;
  /** Of its first row in the whole list. */
  readonly offset: number;
  readonly count: number;
}

/** A part of a list, or the last there is. */
export function partOf(total: number, wanted: number): ListPart {
  const part = Math.min(wanted, Math.floor(Math.max(0, total - 1) / MOST_ROWS));
  const offset = part * MOST_ROWS;
  return { part, total, offset, count: Math.min(total - offset, MOST_ROWS) };
}

/** The part that holds a row. */
export function partWith(row: number): number {
  return Math.floor(row / MOST_ROWS);
}
