import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { EmptyNote } from '#renderer/components/empty-note.tsx';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { ScreenTitle } from '#renderer/components/screen-title.tsx';
import { JobsFilter } from './jobs-filter.tsx';
import { JobsTable } from './jobs-table.tsx';
import { useJobFilter } from './use-job-filter.ts';
import { useJobPages } from './use-job-pages.ts';

/** All jobs of this data folder, newest first. */
export function JobsScreen() {
  const { t } = useTranslation();
  const filter = useJobFilter();
  const pages = useJobPages(filter);
  const { jobs, total, error } = pages;
  if (jobs?.length === 0 && !filter.isSet) return <NoJobs />;
  return (
    <>
      <ScreenTitle title={t('jobs.title')} subtitle={t('jobs.subtitle')}>
        <Button component={Link} href="/">
          {t('jobs.goLoad')}
        </Button>
      </ScreenTitle>
      <Stack gap="md">
        <JobsFilter filter={filter} />
        {error === null ? null : <ErrorNote error={error} onRetry={pages.retry} />}
        {jobs === undefined && error === null ? <LoadingNote /> : null}
        {jobs?.length === 0 ? <NoMatch onClear={filter.clear} /> : null}
        {jobs !== undefined && jobs.length > 0 ? (
          <>
            <JobsTable jobs={jobs} />
            <Stack align="center" gap="xs">
              <Text fz="sm" c="dimmed" className="tabular" role="status">
                {t('jobs.shown', { shown: jobs.length, total })}
              </Text>
              {pages.hasOlder ? (
                <Button variant="default" onClick={pages.showOlder} loading={pages.isGrowing}>
                  {t('jobs.older')}
                </Button>
              ) : null}
            </Stack>
          </>
        ) : null}
      </Stack>
    </>
  );
}

function NoJobs() {
  const { t } = useTranslation();
  return (
    <>
      <ScreenTitle title={t('jobs.title')} />
      <EmptyNote title={t('jobs.empty')}>
        <Text c="dimmed">{t('jobs.emptyHint')}</Text>
        <Button component={Link} href="/">
          {t('jobs.goLoad')}
        </Button>
      </EmptyNote>
    </>
  );
}

function NoMatch({ onClear }: { readonly onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyNote title={t('jobs.noMatch')}>
      <Button variant="default" onClick={onClear}>
        {t('jobs.clear')}
      </Button>
    </EmptyNote>
  );
}
