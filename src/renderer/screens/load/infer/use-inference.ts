import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { create } from 'zustand';
import type { InferEvent, InferRequest, Inferred } from '#contract/api/inference';
import type { Mapping } from '#contract/mapping';
import { client } from '#renderer/host/client.ts';
import { useWizard } from '../wizard-store.ts';
import { splitByFile } from './split-by-file.ts';
import { useCsvFiles } from './use-csv-files.ts';
import { mainFormat, useDetect } from './use-detect.ts';

/** A few seconds' worth: enough for a proposal, and the rest on request. */
const SAMPLE_BYTES = 64 * 1024 * 1024;
const KEPT_MS = 60 * 60_000;

type InferProgress = Extract<InferEvent, { type: 'progress' }>;

const useProgress = create<{ readonly progress: InferProgress | null }>()(() => ({ progress: null }));

/** What is proposed for the files. */
export interface Proposal extends Inferred {
  /** With one table for all files that have the same columns. */
  readonly grouped: Mapping;
}

/** What the chosen files hold and which mapping would load it; found out once for the same files. */
export function useInference() {
  const { paths, format: wanted, inferAll, said, perFile } = useWizard();
  const { data: found } = useDetect();
  const progress = useProgress((store) => store.progress);
  const cache = useQueryClient();
  const format = wanted ?? (found === undefined ? null : mainFormat(found));
  const queryKey = ['inference', paths, format, inferAll, said];
  const query = useQuery({
    queryKey,
    enabled: format !== null && paths.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEPT_MS,
    retry: false,
    queryFn: ({ signal }) => {
      if (format === null) throw new Error('Not enabled.');
      const request = { paths: [...paths], format, ...said, ...(!inferAll && { sampleBytes: SAMPLE_BYTES }) };
      return infer(request, signal);
    },
  });
  const grouped = query.data;
  const files = useCsvFiles(grouped?.mapping);
  const data = useMemo((): Proposal | undefined => {
    if (grouped === undefined) return undefined;
    if (!perFile) return { ...grouped, grouped: grouped.mapping };
    if (files === undefined) return undefined;
    return { ...grouped, grouped: grouped.mapping, mapping: splitByFile(grouped.mapping, files) };
  }, [grouped, files, perFile]);
  return {
    format,
    data,
    error: query.error,
    isRunning: query.isFetching,
    /** The user stopped it. */
    isStopped: query.isEnabled && query.isPending && !query.isFetching,
    progress: query.isFetching ? progress : null,
    run: () => void query.refetch(),
    stop: () => void cache.cancelQueries({ queryKey }),
  };
}

async function infer(request: InferRequest, signal: AbortSignal): Promise<Inferred> {
  useProgress.setState({ progress: null });
  for await (const event of await client.sources.infer(request, { signal })) {
    if (event.type === 'inferred') return { mapping: event.mapping, report: event.report };
    useProgress.setState({ progress: event });
  }
  throw new DOMException('The files were left before they were read.', 'AbortError');
}
