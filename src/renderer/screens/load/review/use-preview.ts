import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PreviewEvent, PreviewReport } from '#contract/api/previews';
import { client } from '#renderer/host/client.ts';
import { issueCount } from '../mapping/mapping-issues.ts';
import { useMapping } from '../mapping/use-mapping.ts';
import { useScan } from '../source/use-scan.ts';
import { useConnection } from '../use-connection.ts';
import { useWizard } from '../wizard-store.ts';
import { isSchemaName, previewRequest } from './load-choices.ts';

const SOME_FILES = 200;
const ROWS = 50;
/** A schema's name is typed letter by letter. */
const TYPING_MS = 500;

export type PreviewProgress = Extract<PreviewEvent, { type: 'progress' }>['progress'];

export interface Preview {
  readonly report: PreviewReport | undefined;
  /** Of other settings: the answer for these is on its way. */
  readonly isStale: boolean;
  readonly isRunning: boolean;
  /** The user stopped it. */
  readonly isStopped: boolean;
  readonly progress: PreviewProgress | null;
  readonly error: unknown;
  /** The mapping cannot be used as it is, so nothing can be tried out. */
  readonly isBlocked: boolean;
  /** Files that a load would take; null: not known yet. */
  readonly files: number | null;
  /** Whether every one of them is looked at. */
  readonly allFiles: boolean;
  readonly run: () => void;
  readonly stop: () => void;
}

/** What a load would do, found by the very code that loads. Runs anew when anything it depends on changes. */
export function usePreview(): Preview {
  const paths = useWizard((wizard) => wizard.paths);
  const retry = useWizard((wizard) => wizard.retry);
  const typed = useWizard((wizard) => wizard.choices);
  const [schema] = useDebouncedValue(typed.schema, TYPING_MS);
  const choices = { ...typed, schema };
  const checkAll = useWizard((wizard) => wizard.checkAll);
  const connection = useConnection();
  const edited = useMapping();
  const scan = useScan();
  const cache = useQueryClient();
  const [progress, setProgress] = useState<PreviewProgress | null>(null);
  const scanned = scan.isPlaceholderData ? null : (scan.data?.files ?? null);
  const allFiles = checkAll || (scanned !== null && scanned <= SOME_FILES);
  const isBlocked = edited === null || issueCount(edited.issues) > 0;
  const usable = !isBlocked && isSchemaName(choices.schema) ? edited : null;
  const request =
    usable && previewRequest({ paths, mapping: usable.mapping, choices, retry }, ROWS, allFiles ? null : SOME_FILES);
  const queryKey = ['preview', connection, request];
  const query = useQuery({
    queryKey,
    enabled: connection !== undefined && request !== null && (scanned !== null || retry !== null),
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      if (connection === undefined || request === null) throw new Error('Not enabled.');
      setProgress(null);
      for await (const event of await client.previews.run({ connection, request }, { signal })) {
        if (event.type === 'report') return event.report;
        setProgress(event.progress);
      }
      throw new DOMException('The preview ended without a report.', 'AbortError');
    },
  });
  const { data, error, isFetching, isPlaceholderData } = query;
  return {
    report: data,
    isStale: isPlaceholderData,
    isRunning: isFetching || scan.isFetching,
    isStopped: !isFetching && (query.isPending || isPlaceholderData) && query.isEnabled,
    progress: isFetching ? progress : null,
    error: scan.error ?? error,
    isBlocked,
    // Only those that hold rejected rows are read in a retry.
    files: retry === null ? scanned : (data?.files.found ?? null),
    allFiles,
    run: () => void (scan.error === null ? query.refetch() : scan.refetch()),
    stop: () => void cache.cancelQueries({ queryKey }),
  };
}
