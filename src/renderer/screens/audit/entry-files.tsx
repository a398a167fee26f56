import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { LoadFilesPage } from '#contract/api/audit';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { formatBytes } from '#renderer/format/numbers.ts';
import { host } from '#renderer/host/client.ts';
import classes from './audit.module.css';
import type { AuditSource } from './audit-source.ts';

const PAGE = 100;

interface EntryFilesProps {
  readonly entry: { readonly job: number | null; readonly loadId: string };
  readonly source: AuditSource;
  /** How many, and their size. */
  readonly summary: string;
}

/** The files of a load with their hashes, as its database keeps them. */
export function EntryFiles({ entry, source, summary }: EntryFilesProps) {
  const { t } = useTranslation();
  const title = useId();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useFiles(entry, source);
  const files = data?.pages.flatMap((page) => page.files) ?? [];
  const total = data?.pages[0]?.matching ?? 0;
  return (
    <Stack gap="xs" component="section" aria-labelledby={title}>
      <Group justify="space-between">
        <Title order={3} fz="md" id={title}>
          {t('audit.files.title')}
        </Title>
        <Text fz="sm" c="dimmed">
          {summary}
        </Text>
      </Group>
      {error === null ? null : (
        <>
          <Text fz="sm">{t('audit.files.unreachable')}</Text>
          <ErrorNote error={error} onRetry={() => void refetch()} />
        </>
      )}
      {data === undefined && error === null ? <LoadingNote /> : null}
      {data !== undefined && total === 0 ? <Text fz="sm">{t('audit.files.none')}</Text> : null}
      <FileList files={files} />
      {hasNextPage ? (
        <Group>
          <Button variant="default" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('audit.files.more', { count: Math.min(PAGE, total - files.length) })}
          </Button>
          <Text fz="sm" c="dimmed" className="tabular">
            {t('audit.files.shown', { shown: files.length, total })}
          </Text>
        </Group>
      ) : null}
    </Stack>
  );
}

function useFiles({ job, loadId }: EntryFilesProps['entry'], { connection }: AuditSource) {
  const place = connection === null ? { job: job ?? 0 } : { connection };
  return useInfiniteQuery({
    ...host.audit.files.infiniteOptions({
      input: (offset: number) => ({ place, request: { loadId, offset, limit: PAGE } }),
      initialPageParam: 0,
      getNextPageParam: ({ files, matching }, all) => {
        const shown = all.reduce((sum, page) => sum + page.files.length, 0);
        return files.length === 0 || shown >= matching ? undefined : shown;
      },
    }),
    enabled: connection !== null || job !== null,
    // What a load staged goes when it is discarded.
    staleTime: 0,
  });
}

function FileList({ files }: { readonly files: LoadFilesPage['files'] }) {
  const { t } = useTranslation();
  return files.map(({ path, root, bytes, sha256 }) => (
    <div key={`${root} ${path}`} className={classes.file}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <span title={root}>{path}</span>
        <Text span fz="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {formatBytes(bytes)}
        </Text>
      </Group>
      <Group gap={4} wrap="nowrap" align="flex-start">
        <span className={`${classes.mono} ${classes.faint}`}>{sha256}</span>
        <CopyButton compact value={sha256} label={t('audit.files.sha256', { path })} />
      </Group>
    </div>
  ));
}
