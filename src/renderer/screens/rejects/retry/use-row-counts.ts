import { useQuery } from '@tanstack/react-query';
import { host } from '#renderer/host/client.ts';

interface RowCounts {
  readonly rows: number;
  readonly corrected: number;
}

/** How many rows of the whole load, whatever is shown of it, are not loaded yet; undefined: not known yet. */
export function useRowCounts(job: number): RowCounts | undefined {
  const { data } = useQuery({
    // A row is of one table.
    ...host.rejects.groups.queryOptions({ input: { job, request: { by: 'table', filter: {} } } }),
    staleTime: 0,
  });
  return data?.groups.reduce(
    (sum, { rows, corrected }) => ({ rows: sum.rows + rows, corrected: sum.corrected + corrected }),
    { rows: 0, corrected: 0 },
  );
}
