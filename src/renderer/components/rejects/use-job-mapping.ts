import { useQuery } from '@tanstack/react-query';
import type { Mapping } from '#contract/mapping';
import { host } from '#renderer/host/client.ts';

/** The mapping that a load was ordered with; null until it is known. */
export function useJobMapping(number: number): Mapping | null {
  const { data } = useQuery({
    ...host.rejects.order.queryOptions({ input: { job: number } }),
    // An order never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data?.mapping ?? null;
}
