import { useMutation, useQueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import { host } from '#renderer/host/client.ts';

/** Counts what this window changed, so that what was tried out before can be told to be of before. */
export const useChanges = create<{ readonly count: number }>()(() => ({ count: 0 }));

/** Reads again what corrections change: the lists, the counts, and what becomes of the row that is looked at. */
export function useRejectsChanged(): () => Promise<void> {
  const cache = useQueryClient();
  return async () => {
    useChanges.setState(({ count }) => ({ count: count + 1 }));
    await Promise.all(
      [host.rejects.page, host.rejects.groups, host.rejects.record].map((query) =>
        cache.invalidateQueries({ queryKey: query.key() }),
      ),
    );
  };
}

/** Keeps or takes back what stands in the place of values. */
export function useCorrect() {
  const changed = useRejectsChanged();
  return useMutation(host.rejects.correct.mutationOptions({ onSuccess: () => void changed() }));
}

/** The same for all that pass a filter. */
export function useCorrectAll() {
  const changed = useRejectsChanged();
  return useMutation(host.rejects.correctAll.mutationOptions({ onSuccess: () => void changed() }));
}
