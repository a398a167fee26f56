import { useQuery } from '@tanstack/react-query';
import { host } from '#renderer/host/client.ts';

export interface RowCounts {
  readonly rows: number;
  readonly corrected: number;
}

/** How many rows of the whole load, whatever is shown of it, are not loaded yet; undefined: not known. */
export function useRowCounts(job: number) {
  const { data, error, refetch } = useQuery({
    // A row is of one table.
    ...host.rejects.groups.queryOptions({ input: { job, request: { by: 'table', filter: {} } } }),
    staleTime: 0,
  });
  const counts = data?.groups.reduce<RowCounts>(
    (sum, { rows, corrected }) => ({ rows: sum.rows + rows, corrected: sum.corrected + corrected }),
    { rows: 0, corrected: 0 },
  );
  return { counts, error, retry: () => void refetch() };
}
