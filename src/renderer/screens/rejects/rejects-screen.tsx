import { Anchor, Group, Stack } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, Redirect } from 'wouter';
import type { JobSummary } from '#contract/api/job-views';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { ScreenTitle } from '#renderer/components/screen-title.tsx';
import { host } from '#renderer/host/client.ts';
import { isOpen } from '#renderer/screens/job/model/job-states.ts';
import { ExportRejects } from './export-rejects-button.tsx';
import { ImportButton } from './import/import-button.tsx';
import { ImportResult } from './import/import-result.tsx';
import { useImport } from './import/use-import.ts';
import { useFirstRejects } from './list/use-reject-pages.ts';
import { readOnlyReason } from './read-only.ts';
import { ReadOnlyNote } from './read-only-note.tsx';
import { useRejectView } from './use-reject-view.ts';
import { Workbench } from './workbench.tsx';

/** All that a job could not load, with where and why, to be corrected and loaded after all. */
export function RejectsScreen({ number }: { readonly number: number }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(host.jobs.show.queryOptions({ input: { number } }));
  if (data === undefined) {
    return (
      <>
        <ScreenTitle title={t('rejects.title', { number })} />
        {error === null ? <LoadingNote /> : <ErrorNote error={error} onRetry={() => void refetch()} />}
      </>
    );
  }
  const root = rootOf(data.job);
  return root === null ? <Rejects job={data.job} /> : <Redirect to={`/jobs/${root}/rejects`} replace />;
}

/** What a retry left stands with the rejects that it retried. */
function rootOf({ state, retryOf }: JobSummary): number | null {
  const isMerged = state === 'succeeded' || state === 'succeeded_with_rejects';
  return isMerged ? (retryOf?.job ?? null) : null;
}

/** While the job runs, more may come. */
const REFRESH_MS = 5_000;

function Rejects({ job }: { readonly job: JobSummary }) {
  const { t } = useTranslation();
  const view = useRejectView();
  const { number } = job;
  const refreshMs = isOpen(job.state) ? REFRESH_MS : false;
  const first = useFirstRejects({ job: number, view, refreshMs });
  const imported = useImport(number);
  const { data, error } = first;
  const readOnly = data === undefined ? null : readOnlyReason(job, data.canRetry);
  const hasRows = data !== undefined && data.total > 0;
  return (
    <>
      <Anchor component={Link} href={`/jobs/${number}`} fz="sm" display="inline-flex" mb="xs">
        <Group gap={4}>
          <IconArrowLeft size={16} aria-hidden />
          {t('rejects.back', { number })}
        </Group>
      </Anchor>
      <ScreenTitle title={t('rejects.title', { number })}>
        {hasRows && readOnly === null ? <ImportButton importing={imported} /> : null}
        {data !== undefined && data.matching > 0 ? <ExportRejects job={number} filter={view.filter} /> : null}
      </ScreenTitle>
      <Stack gap="md">
        {readOnly === null || !hasRows ? null : <ReadOnlyNote why={readOnly} number={number} />}
        <ImportResult importing={imported} />
        {error === null ? null : <ErrorNote error={error} onRetry={() => void first.refetch()} actions={null} />}
        {data === undefined && error === null ? <LoadingNote /> : null}
        {data === undefined ? null : (
          <Workbench
            job={number}
            view={view}
            refreshMs={refreshMs}
            page={data}
            outdated={first.isPlaceholderData}
            editable={readOnly === null}
          />
        )}
      </Stack>
    </>
  );
}
