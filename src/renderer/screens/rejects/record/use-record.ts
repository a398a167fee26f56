import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RejectedRecord } from '#contract/api/reject-pages';
import { host } from '#renderer/host/client.ts';

/** Who holds an arrow key down wants the last one. */
const PAUSE_MS = 120;

/** A rejected row with its source. Until it is there the one before stays, told by `isPlaceholderData`. */
export function useRecord(job: number, { file, sequence }: RejectedRecord) {
  const [row] = useDebouncedValue(JSON.stringify({ file, sequence }), PAUSE_MS);
  const query = useQuery({
    ...host.rejects.record.queryOptions({ input: { job, request: JSON.parse(row) as RejectedRecord } }),
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
  const { data } = query;
  return { ...query, isOther: data !== undefined && (data.file !== file || data.sequence !== sequence) };
}
