import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { LoadRequest } from '#contract/api/job-views';
import type { PreviewReport } from '#contract/api/previews';
import { client } from '#renderer/host/client.ts';
import { ASKED_ONCE } from '#renderer/host/query-client.ts';
import { useChanges } from '../use-corrections.ts';
import type { RowCounts } from './use-row-counts.ts';

export interface Trial {
  readonly report: PreviewReport | undefined;
  readonly isRunning: boolean;
  /** Something was corrected since. */
  readonly isOld: boolean;
  readonly error: unknown;
  readonly run: () => void;
  readonly stop: () => void;
}

/** What tells that something was corrected: here, or as far as the counts show it, elsewhere. */
interface Moment {
  readonly changes: number;
  readonly counts: string;
}

/** What a retry would load now, found by doing it in a transaction that is rolled back. */
export function useTrial(order: LoadRequest | undefined, rows: RowCounts | undefined): Trial {
  const cache = useQueryClient();
  const changes = useChanges(({ count }) => count);
  const counts = JSON.stringify(rows ?? null);
  const [asked, setAsked] = useState<({ readonly times: number } & Moment) | null>(null);
  const queryKey = ['trial', order?.retry?.loadId, asked];
  const { data, error, isFetching } = useQuery({
    queryKey,
    enabled: asked !== null && order !== undefined,
    // The numbers are of that moment.
    gcTime: 0,
    meta: ASKED_ONCE,
    retry: false,
    queryFn: async ({ signal }) => {
      if (order === undefined) throw new Error('Not enabled.');
      const { connection, ...rest } = order;
      for await (const event of await client.previews.run({ connection, request: trialRequest(rest) }, { signal })) {
        if (event.type === 'report') return event.report;
      }
      throw new DOMException('The trial ended without a report.', 'AbortError');
    },
  });
  return {
    report: data,
    isRunning: isFetching,
    isOld: asked !== null && (asked.changes !== changes || asked.counts !== counts),
    error,
    run: () => setAsked({ times: (asked?.times ?? 0) + 1, changes, counts }),
    stop: () => void cache.cancelQueries({ queryKey }),
  };
}

function trialRequest({ paths, mapping, schema, onConflict, retry }: Omit<LoadRequest, 'connection'>) {
  return {
    ...{ paths: [...paths], mapping, rows: 1 },
    ...(schema !== undefined && { schema }),
    ...(onConflict !== undefined && { onConflict }),
    ...(retry !== undefined && { retry }),
  };
}
