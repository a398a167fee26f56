import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { host } from '#renderer/host/client.ts';
import { STATE_GROUPS } from './state-groups.ts';
import type { JobFilter } from './use-job-filter.ts';

const PAGE = 50;
const LONGEST_TEXT = 200;

/** The jobs that pass the filter, as far as they were asked for. */
export function useJobPages({ group, text }: JobFilter) {
  const states = STATE_GROUPS[group];
  const find = text.trim().slice(0, LONGEST_TEXT);
  const query = useInfiniteQuery({
    ...host.jobs.list.infiniteOptions({
      input: (before: number | null) => ({
        limit: PAGE,
        ...(states !== undefined && { states: [...states] }),
        ...(find !== '' && { text: find }),
        ...(before !== null && { before }),
      }),
      initialPageParam: null,
      getNextPageParam: ({ jobs }) => (jobs.length < PAGE ? undefined : jobs.at(-1)?.number),
    }),
    placeholderData: keepPreviousData,
  });
  return {
    jobs: query.data?.pages.flatMap((page) => page.jobs),
    total: query.data?.pages[0]?.total ?? 0,
    error: query.error,
    retry: () => void query.refetch(),
    hasOlder: query.hasNextPage,
    isGrowing: query.isFetchingNextPage,
    showOlder: () => void query.fetchNextPage(),
  };
}
