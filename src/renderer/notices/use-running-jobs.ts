import { useQuery } from '@tanstack/react-query';
import { host } from '../host/client.ts';
import { queryClient } from '../host/query-client.ts';

/** More are counted, and not known by their numbers. */
const MOST = 200;

const running = () =>
  host.jobs.list.queryOptions({ input: { states: ['queued', 'running', 'cancelling'], limit: MOST } });

/** How many jobs run, in whichever process. */
export function useRunningCount(): number {
  return useQuery(running()).data?.total ?? 0;
}

/** The jobs that ran when the page was last told. */
export function knownRunning(): readonly number[] {
  const known = queryClient.getQueryData(running().queryKey);
  return known?.jobs.map(({ number }) => number) ?? [];
}
