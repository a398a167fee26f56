import { QueryClient } from '@tanstack/react-query';
import { factsOf } from './failure.ts';

/** Failures that may pass by themselves are tried again this often. */
const MOST_RETRIES = 2;

/** Of a query that is made again only when somebody says so, as it keeps the database busy. */
export const ASKED_ONCE = { isAskedOnce: true } as const;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The host says what changed; nothing goes stale by itself.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < MOST_RETRIES && factsOf(error).retryable,
      // The host is on this machine: being offline means nothing.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
