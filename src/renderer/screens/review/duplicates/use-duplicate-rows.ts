import { useQueries, useQuery } from '@tanstack/react-query';
import type { DuplicatePage } from '#contract/api/reviews';
import { host } from '#renderer/host/client.ts';

const PAGE = 100;

interface DuplicateSource {
  readonly job: number;
  readonly table: string;
}

function pageOptions({ job, table }: DuplicateSource, page: number) {
  const skip = page === 0 ? {} : { skip: page * PAGE };
  return host.reviews.duplicates.queryOptions({ input: { job, request: { table, after: 0, limit: PAGE, ...skip } } });
}

/** The first page, with how many there are. */
export function useFirstDuplicates(source: DuplicateSource) {
  return useQuery(pageOptions(source, 0));
}

/** The pages that hold the rows from one place to another. @returns the row at a place, undefined while it is on its way */
export function useDuplicateRows(
  source: DuplicateSource,
  first: DuplicatePage,
  from: number,
  to: number,
): (index: number) => DuplicatePage['duplicates'][number] | undefined {
  const start = Math.max(1, Math.floor(from / PAGE));
  const pages = Array.from({ length: Math.max(0, Math.floor(to / PAGE) - start + 1) }, (_, at) => start + at);
  const results = useQueries({ queries: pages.map((page) => pageOptions(source, page)) });
  const found = new Map(pages.map((page, at) => [page, results[at]?.data?.duplicates]));
  return (index) => {
    const page = Math.floor(index / PAGE);
    return (page === 0 ? first.duplicates : found.get(page))?.[index % PAGE];
  };
}
