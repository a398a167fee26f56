import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RejectFilter } from '#contract/api/reject-pages';
import type { RejectGrouping } from '#contract/reject-groupings';
import { host } from '#renderer/host/client.ts';

interface GroupsOptions {
  readonly job: number;
  readonly by: RejectGrouping;
  readonly filter: RejectFilter;
  /** How often to look again. */
  readonly refreshMs: number | false;
}

/** The groups of what the filter leaves, the groups' own part of it apart: so that another one can be chosen. */
export function useGroups({ job, by, filter, refreshMs }: GroupsOptions) {
  return useQuery({
    ...host.rejects.groups.queryOptions({ input: { job, request: { by, filter: withoutOwn(filter, by) } } }),
    staleTime: 0,
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
  });
}

function withoutOwn({ code, table, column, file, ...rest }: RejectFilter, by: RejectGrouping): RejectFilter {
  const isNamed = by === 'column' || by === 'table';
  return {
    ...rest,
    ...(code !== undefined && by !== 'code' && { code }),
    ...(file !== undefined && by !== 'file' && { file }),
    ...(table !== undefined && !isNamed && { table }),
    ...(column !== undefined && !isNamed && { column }),
  };
}
