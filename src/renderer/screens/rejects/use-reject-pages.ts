import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import type { RejectEntry } from '#contract/rejects';
import { host } from '#renderer/host/client.ts';
import type { RejectView } from './use-reject-view.ts';

const PAGE = 200;
const REFRESH_MS = 5_000;

interface PagesOptions {
  readonly job: number;
  readonly view: Pick<RejectView, 'filter' | 'sort'>;
  readonly running: boolean;
}

function pageOptions({ job, view: { filter, sort }, running }: PagesOptions, page: number) {
  return {
    ...host.rejects.page.queryOptions({
      input: { job, request: { offset: page * PAGE, limit: PAGE, sort, filter } },
    }),
    // A resume may have changed them since they were last looked at.
    staleTime: 0,
    refetchInterval: running ? REFRESH_MS : (false as const),
  };
}

/** The first page, with all counts; what was shown before stays until it is there. */
export function useFirstRejects(options: PagesOptions) {
  return useQuery({ ...pageOptions(options, 0), placeholderData: keepPreviousData });
}

/** The pages that hold some rows. @returns the reject at an index, undefined while its page is on its way. */
export function useRejectRows(
  options: PagesOptions,
  first: readonly RejectEntry[],
  indexes: readonly number[],
): (index: number) => RejectEntry | undefined {
  const pages = [...new Set(indexes.map((index) => Math.floor(index / PAGE)))].filter((page) => page > 0);
  const results = useQueries({ queries: pages.map((page) => pageOptions(options, page)) });
  const entries = new Map(pages.map((page, index) => [page, results[index]?.data?.entries]));
  return (index) => {
    const page = Math.floor(index / PAGE);
    return (page === 0 ? first : entries.get(page))?.[index % PAGE];
  };
}
