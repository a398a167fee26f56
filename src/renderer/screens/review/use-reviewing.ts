import { notifications } from '@mantine/notifications';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Review } from '#contract/api/reviews';
import { useCloseQuestion, useLeaveQuestion } from '#renderer/components/unsaved.ts';
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
  const { id } = review.summary;
  const [kept, setKept] = useState(() => ({ id, saver: newSaver(queries, number, review) }));
  // Another check has choices of its own to be made.
  const now = kept.id === id ? kept : { id, saver: newSaver(queries, number, review) };
  if (now !== kept) setKept(now);
  const { saver } = now;
  const choices = useSyncExternalStore(
    useCallback((listener) => saver.subscribe(listener), [saver]),
    () => saver.state,
  );
  useEffect(() => saver.follow(review), [saver, review]);
  useLeaveQuestion(choices.status === 'failed');
  useCloseQuestion(choices.status !== 'saved');
  useTellLateFailure(saver, number);
  return { number, review, choices, saver };
}

/** Who left while a save was on its way hears when it fails. */
function useTellLateFailure(saver: ResolutionSaver, number: number): void {
  const { t } = useTranslation();
  const title = `${t('review.title', { number })}: ${t('review.save.failed')}`;
  useEffect(
    () => () => {
      if (saver.state.status === 'saving') {
        void saver.settled().then(({ status, error }) => {
          if (status !== 'failed') return;
          notifications.show({ title, message: factsOf(error).message, color: 'red', autoClose: false });
        });
      }
    },
    [saver, title],
  );
}

function newSaver(queries: QueryClient, number: number, review: Review): ResolutionSaver {
  const input = { job: number };
  const keep = async (saved: Review): Promise<Review> => {
    const { queryKey } = host.reviews.get.queryOptions({ input });
    // An answer that is on its way may know less.
    await queries.cancelQueries({ queryKey });
    queries.setQueryData(queryKey, (known) => (known !== undefined && isNewer(known, saved) ? known : saved));
    return saved;
  };
  return new ResolutionSaver({
    start: review,
    save: async (resolutions, revision) => keep(await client.reviews.resolve({ ...input, resolutions, revision })),
    read: async () => keep(await client.reviews.get(input)),
    isStale: (thrown) => factsOf(thrown).code === 'RESOLUTIONS_STALE',
    // Also what somebody else saved meanwhile, whose news was cancelled with the answers on their way.
    onEnd: () => void queries.invalidateQueries({ queryKey: host.reviews.key() }),
  });
}

function isNewer(one: Review, other: Review): boolean {
  return one.summary.id === other.summary.id && one.revision > other.revision;
}
