import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { LoadRequest } from '#contract/api/job-views';
import type { PreviewEvent, PreviewReport } from '#contract/api/previews';
import { client } from '#renderer/host/client.ts';
import { useChanges } from '../use-corrections.ts';

export interface Trial {
  readonly report: PreviewReport | undefined;
  readonly progress: Extract<PreviewEvent, { type: 'progress' }>['progress'] | null;
  readonly isRunning: boolean;
  /** Something was corrected since. */
  readonly isOld: boolean;
  readonly error: unknown;
  readonly run: () => void;
  readonly stop: () => void;
}

/** What a retry would load now, found by doing it in a transaction that is rolled back. */
export function useTrial(order: LoadRequest | undefined): Trial {
  const cache = useQueryClient();
  const changes = useChanges(({ count }) => count);
  const [asked, setAsked] = useState<{ readonly times: number; readonly changes: number } | null>(null);
  const [progress, setProgress] = useState<Trial['progress']>(null);
  const queryKey = ['trial', order?.retry?.loadId, asked];
  const { data, error, isFetching } = useQuery({
    queryKey,
    enabled: asked !== null && order !== undefined,
    // The numbers are of that moment.
    gcTime: 0,
    retry: false,
    queryFn: async ({ signal }) => {
      if (order === undefined) throw new Error('Not enabled.');
      const { connection, ...rest } = order;
      setProgress(null);
      for await (const event of await client.previews.run({ connection, request: trialRequest(rest) }, { signal })) {
        if (event.type === 'report') return event.report;
        setProgress(event.progress);
      }
      throw new DOMException('The trial ended without a report.', 'AbortError');
    },
  });
  return {
    report: data,
    progress: isFetching ? progress : null,
    isRunning: isFetching,
    isOld: asked !== null && asked.changes !== changes,
    error,
    run: () => setAsked({ times: (asked?.times ?? 0) + 1, changes }),
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
