import type { RowPage, RowRequest, TableName } from '#contract/api/catalog';
import type { ConnectionRef } from '#contract/connection';

export type Row = RowPage['rows'][number];
export type Order = NonNullable<RowRequest['orderBy']>;

/** Which rows, in which order. */
export interface RowSource {
  readonly connection: ConnectionRef;
  readonly table: TableName;
  readonly order: Order | null;
}

export const PAGE_ROWS = 200;

/** Browsers draw nothing right that is higher than some ten million pixels. */
export const MOST_ROWS = 300_000;

/** How many rows there are to scroll through, by what the fetched pages say. */
export function rowCount(pages: readonly Pick<RowPage, 'total' | 'exact'>[]): number {
  const exact = pages.find((page) => page.exact);
  const estimate = Math.max(0, ...pages.map(({ total }) => total));
  // Behind an estimate there may be more.
  return Math.min(exact?.total ?? estimate + PAGE_ROWS, MOST_ROWS);
}

/** The pages that hold these rows; the first is fetched by itself. */
export function pagesOf(from: number, to: number): readonly number[] {
  const first = Math.max(1, Math.floor(from / PAGE_ROWS));
  const last = Math.floor(to / PAGE_ROWS);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** The host cuts longer values, and puts the mark. */
const MOST_CHARACTERS = 1_000;

export function isCut(value: string | null): boolean {
  return value !== null && value.length > MOST_CHARACTERS && value.endsWith('…');
}

/** Enough to tell a row of a table that has no primary key. */
const MOST_VALUES = 100;

/** What tells a row from others: its primary key, else all values that are known in full. */
export function keyOfRow(
  columns: readonly string[],
  row: Row,
  primaryKey: readonly string[],
): Readonly<Record<string, string>> {
  const values = columns.flatMap((column, at) => {
    const value = row[at] ?? null;
    return value === null || isCut(value) ? [] : [[column, value] as const];
  });
  const known = new Map(values);
  const isKnown = primaryKey.length > 0 && primaryKey.every((column) => known.has(column));
  const used = isKnown ? values.filter(([column]) => primaryKey.includes(column)) : values.slice(0, MOST_VALUES);
  return Object.fromEntries(used);
}
