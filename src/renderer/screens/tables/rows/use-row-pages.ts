import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import type { RowPage } from '#contract/api/catalog';
import { host } from '#renderer/host/client.ts';
import { PAGE_ROWS, pagesOf, type Row, type RowSource, rowCount } from './row-source.ts';

/** Long enough to scroll back and forth, short enough to show what a load brought. */
const FRESH_MS = 5_000;

interface RowPages {
  /** What is known before any row is seen. */
  readonly first: RowPage;
  readonly count: number;
  /** Of a page that could not be fetched. */
  readonly error: unknown;
  /** null: not fetched yet. */
  readonly rowAt: (index: number) => Row | null;
  readonly retry: () => void;
}

/** The first page; the former one while another order is fetched. */
export function useFirstPage(source: RowSource) {
  return useQuery({ ...pageOptions(source, 0), placeholderData: keepPreviousData });
}

/** The pages that hold the rows from … to, fetched as they come into sight. */
export function useRowPages(source: RowSource, first: RowPage, range: { readonly from: number; readonly to: number }) {
  const numbers = pagesOf(range.from, range.to);
  const queries = useQueries({ queries: numbers.map((number) => pageOptions(source, number)) });
  const pages = new Map<number, RowPage>([[0, first]]);
  numbers.forEach((number, index) => {
    const page = queries[index]?.data;
    if (page !== undefined) pages.set(number, page);
  });
  const failed = queries.filter(({ error }) => error !== null);
  return {
    first,
    count: rowCount([...pages.values()]),
    error: failed[0]?.error ?? null,
    rowAt: (index) => pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS] ?? null,
    retry: () => {
      for (const query of failed) void query.refetch();
    },
  } satisfies RowPages;
}

function pageOptions({ connection, table, order }: RowSource, number: number) {
  const request = {
    ...table,
    offset: number * PAGE_ROWS,
    limit: PAGE_ROWS,
    ...(order !== null && { orderBy: order }),
  };
  return host.tables.rows.queryOptions({ input: { connection, request }, staleTime: FRESH_MS });
}
