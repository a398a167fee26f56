import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Review } from '#contract/api/reviews';
import { client, host } from '#renderer/host/client.ts';
import { factsOf } from '#renderer/host/failure.ts';
import { ResolutionSaver, type SaverState } from './model/resolution-saver.ts';

/** A review with the choices as they are wanted, and what changes them. */
export interface Reviewing {
  readonly number: number;
  /** As the host counted it last. */
  readonly review: Review;
  readonly choices: SaverState;
  readonly saver: ResolutionSaver;
}

/** Keeps the choices of a review, saves each change at once, and hears of those that others make. */
export function useReviewing(number: number, review: Review): Reviewing {
  const queries = useQueryClient();
  const [saver] = useState(() => {
    const input = { job: number };
    const keep = async (saved: Review): Promise<Review> => {
      const { queryKey } = host.reviews.get.queryOptions({ input });
      // An answer that is on its way knows less.
      await queries.cancelQueries({ queryKey });
      queries.setQueryData(queryKey, saved);
      void queries.invalidateQueries({ queryKey: host.reviews.page.key() });
      return saved;
    };
    return new ResolutionSaver({
      start: review,
      save: async (resolutions, revision) => keep(await client.reviews.resolve({ ...input, resolutions, revision })),
      read: async () => keep(await client.reviews.get(input)),
      isStale: (thrown) => factsOf(thrown).code === 'RESOLUTIONS_STALE',
    });
  });
  const choices = useSyncExternalStore(
    (listener) => saver.subscribe(listener),
    () => saver.state,
  );
  useEffect(() => saver.follow(review), [saver, review]);
  return { number, review, choices, saver };
}
