import { useQuery } from '@tanstack/react-query';
import type { Conflict } from '#contract/api/reviews';
import { host } from '#renderer/host/client.ts';
import type { ConflictSource } from '../conflicts/use-conflict-rows.ts';

/** One conflict with its values uncut; until it is there, as the list has it. */
export function useWholeConflict({ job, table }: ConflictSource, number: number, listed: Conflict | undefined) {
  const { data, error, refetch } = useQuery(
    host.reviews.page.queryOptions({
      input: { job, request: { table, filter: {}, after: number - 1, limit: 1 } },
    }),
  );
  const whole = data?.conflicts.find((one) => one.number === number);
  const known = listed?.number === number ? listed : undefined;
  return { conflict: whole ?? known, error, retry: () => void refetch() };
}
