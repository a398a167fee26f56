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
