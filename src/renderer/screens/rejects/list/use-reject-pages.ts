import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RejectRow } from '#contract/api/reject-pages';
import { host } from '#renderer/host/client.ts';
import type { RejectView } from '../use-reject-view.ts';

const PAGE = 200;

export interface PagesOptions {
  readonly job: number;
  readonly view: Pick<RejectView, 'filter' | 'sort'>;
  /** How often to look again, while there may come more. */
  readonly refreshMs: number | false;
}

function pageOptions({ job, view: { filter, sort }, refreshMs }: PagesOptions, page: number) {
  return {
    ...host.rejects.page.queryOptions({
      input: { job, request: { offset: page * PAGE, limit: PAGE, sort, filter } },
    }),
    // A resume or a retry may have changed them since they were last looked at.
    staleTime: 0,
    refetchInterval: refreshMs,
  };
}

/** The first page, with all counts; what was shown before stays until it is there. */
export function useFirstRejects(options: PagesOptions) {
  return useQuery({ ...pageOptions(options, 0), placeholderData: keepPreviousData });
}

/** The pages that hold some rows. @returns the reject at an index, undefined while its page is on its way. */
export function useRejectRows(
  options: PagesOptions,
  first: readonly RejectRow[],
  indexes: readonly number[],
): (index: number) => RejectRow | undefined {
  const pages = [...new Set(indexes.map((index) => Math.floor(index / PAGE)))].filter((page) => page > 0);
  const results = useQueries({ queries: pages.map((page) => pageOptions(options, page)) });
  const entries = new Map(pages.map((page, index) => [page, results[index]?.data?.entries]));
  return (index) => {
    const page = Math.floor(index / PAGE);
    return (page === 0 ? first : entries.get(page))?.[index % PAGE];
  };
}

/** Finds the reject at an index, be its page there already or not. */
export function useRejectAt(options: PagesOptions): (index: number) => Promise<RejectRow | undefined> {
  const cache = useQueryClient();
  return async (index) => {
    const page = await cache.ensureQueryData(pageOptions(options, Math.floor(index / PAGE)));
    return page.entries[index % PAGE];
  };
}
