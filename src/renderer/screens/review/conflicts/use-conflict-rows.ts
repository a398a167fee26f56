import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import type { Conflict, ConflictFilter, ConflictPage } from '#contract/api/reviews';
import { host } from '#renderer/host/client.ts';

const PAGE = 100;

export interface ConflictSource {
  readonly job: number;
  readonly table: string;
  readonly filter: ConflictFilter;
}

function pageOptions({ job, table, filter }: ConflictSource, page: number) {
  const first = page * PAGE;
  const isAll = Object.keys(filter).length === 0;
  // Without a filter a conflict's number tells its place, which the server finds at once however far down it is.
  const place = isAll || first === 0 ? { after: first } : { after: 0, skip: first };
  return host.reviews.page.queryOptions({ input: { job, request: { table, filter, limit: PAGE, ...place } } });
}

/** The first page, with the columns and how many there are; what was shown before stays until it is there. */
export function useFirstConflicts(source: ConflictSource) {
  return useQuery({
    ...pageOptions(source, 0),
    placeholderData: (before, query) =>
      sameTable(query?.queryKey, source.table) ? keepPreviousData(before) : undefined,
  });
}

/** Rows of one table never stand under the head of another. */
function sameTable(key: unknown, table: string): boolean {
  return JSON.stringify(key ?? null).includes(`"table":${JSON.stringify(table)}`);
}

export interface ConflictRows {
  /** undefined: on its way. */
  readonly at: (index: number) => Conflict | undefined;
  readonly error: unknown;
  readonly retry: () => void;
}

/** The conflicts at some places of the whole list: only the pages that hold them are asked for. */
export function useConflictRows(source: ConflictSource, first: ConflictPage, indexes: readonly number[]): ConflictRows {
  const pages = [...new Set(indexes.map((index) => Math.floor(index / PAGE)))].filter((page) => page > 0);
  const results = useQueries({ queries: pages.map((page) => pageOptions(source, page)) });
  const found = new Map(pages.map((page, at) => [page, results[at]?.data?.conflicts]));
  const failed = results.find(({ error }) => error !== null);
  return {
    at: (index) => {
      const page = Math.floor(index / PAGE);
      return (page === 0 ? first.conflicts : found.get(page))?.[index % PAGE];
    },
    error: failed?.error ?? null,
    retry: () => {
      for (const result of results) if (result.error !== null) void result.refetch();
    },
  };
}
