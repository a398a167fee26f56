import { Anchor, Button, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RejectPage } from '#contract/api/reject-pages';
import { EmptyNote } from '#renderer/components/empty-note.tsx';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { ScreenTitle } from '#renderer/components/screen-title.tsx';
import { host } from '#renderer/host/client.ts';
import { isOpen } from '#renderer/screens/job/model/job-states.ts';
import { ExportButton } from './export-button.tsx';
import { RejectFilters } from './reject-filters.tsx';
import { RejectsGrid } from './rejects-grid.tsx';
import { useFirstRejects } from './use-reject-pages.ts';
import { type RejectView, useRejectView } from './use-reject-view.ts';

/** All that a job could not load, with where and why. */
export function RejectsScreen({ number }: { readonly number: number }) {
  const { t } = useTranslation();
  const view = useRejectView();
  const { data: detail } = useQuery(host.jobs.show.queryOptions({ input: { number } }));
  const running = detail !== undefined && isOpen(detail.job.state);
  const first = useFirstRejects({ job: number, view, running });
  const { data, error } = first;
  return (
    <>
      <Anchor component={Link} href={`/jobs/${number}`} fz="sm" display="inline-flex" mb="xs">
        <Group gap={4}>
          <IconArrowLeft size={16} aria-hidden />
          {t('rejects.back', { number })}
        </Group>
      </Anchor>
      <ScreenTitle title={t('rejects.title', { number })}>
        {data !== undefined && data.matching > 0 ? <ExportButton job={number} filter={view.filter} /> : null}
      </ScreenTitle>
      <Stack gap="md">
        {error === null ? null : <ErrorNote error={error} onRetry={() => void first.refetch()} actions={null} />}
        {data === undefined && error === null ? <LoadingNote /> : null}
        {data === undefined ? null : (
          <Rejects number={number} view={view} running={running} page={data} outdated={first.isPlaceholderData} />
        )}
      </Stack>
    </>
  );
}

interface RejectsProps {
  readonly number: number;
  readonly view: RejectView;
  readonly running: boolean;
  readonly page: RejectPage;
  /** It answers the question before this one. */
  readonly outdated: boolean;
}

function Rejects({ number, view, running, page, outdated }: RejectsProps) {
  const { t } = useTranslation();
  if (page.total === 0 && !view.isFiltered) {
    return (
      <EmptyNote title={t('rejects.none')}>
        <Text c="dimmed">{t(running ? 'rejects.runningHint' : 'rejects.noneHint')}</Text>
      </EmptyNote>
    );
  }
  return (
    <>
      <RejectFilters view={view} page={page} />
      <Counts page={page} isFiltered={view.isFiltered} running={running} />
      {page.matching === 0 ? (
        <EmptyNote title={t('rejects.noMatch')}>
          <Button variant="default" onClick={view.clear}>
            {t('rejects.filter.clear')}
          </Button>
        </EmptyNote>
      ) : (
        <RejectsGrid
          key={JSON.stringify([view.filter, view.sort])}
          job={number}
          view={view}
          running={running}
          page={page}
          outdated={outdated}
        />
      )}
    </>
  );
}

function Counts({ page: { matching, total }, isFiltered, running }: CountsProps) {
  const { t } = useTranslation();
  const counts = isFiltered ? t('rejects.counts', { matching, total }) : t('rejects.countsAll', { count: total });
  return (
    <Tooltip label={t('rejects.countsHint')} multiline maw={320}>
      <Text fz="sm" c="dimmed" className="tabular" role="status" w="fit-content">
        {counts}
        {running ? ` · ${t('rejects.runningHint')}` : ''}
      </Text>
    </Tooltip>
  );
}

interface CountsProps {
  readonly page: RejectPage;
  readonly isFiltered: boolean;
  readonly running: boolean;
}
