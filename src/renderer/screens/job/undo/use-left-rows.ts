import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { UndoConflict } from '#contract/undo';
import { host } from '#renderer/host/client.ts';

const PAGE = 20;

/** Those of one table and one reason. */
export type LeftFilter = Pick<UndoConflict, 'table' | 'reason'>;

/** The rows that an undo left, as far as they were asked for. */
export function useLeftRows(number: number, filter: LeftFilter | null) {
  const query = useInfiniteQuery({
    ...host.jobs.undoConflicts.infiniteOptions({
      input: (after: number) => ({ number, request: { ...filter, after, limit: PAGE } }),
      initialPageParam: 0,
      getNextPageParam: ({ conflicts }) => (conflicts.length < PAGE ? undefined : conflicts.at(-1)?.number),
    }),
    placeholderData: keepPreviousData,
  });
  const first = query.data?.pages[0];
  return {
    conflicts: query.data?.pages.flatMap(({ conflicts }) => conflicts),
    matching: first?.matching ?? 0,
    counts: first?.counts ?? [],
    error: query.error,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isGrowing: query.isFetchingNextPage,
    showMore: () => void query.fetchNextPage(),
  };
}
