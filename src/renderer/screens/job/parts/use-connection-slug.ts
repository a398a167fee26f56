import { useQuery } from '@tanstack/react-query';
import type { ConnectionRef } from '#contract/connection';
import { host } from '#renderer/host/client.ts';
import { connectionSlug } from '../model/target-table.ts';

/** What addresses call the job's server; null when it is not saved (any more), or not known yet. */
export function useConnectionSlug(ref: ConnectionRef): string | null {
  const { data } = useQuery(host.connections.list.queryOptions());
  return connectionSlug(ref, data ?? []);
}
