import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { EmptyNote } from '#renderer/components/empty-note.tsx';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { ScreenTitle } from '#renderer/components/screen-title.tsx';
import { factsOf } from '#renderer/host/failure.ts';
import { JobView } from './job-view.tsx';
import { useJobWatch } from './use-job-watch.ts';

/** One job, whether it runs, ran, or is waiting. */
export function JobScreen({ number }: { readonly number: number }) {
  return Number.isSafeInteger(number) && number > 0 ? <Job number={number} /> : <NoSuchJob number={String(number)} />;
}

function Job({ number }: { readonly number: number }) {
  const { t } = useTranslation();
  const { detail, watched, error, retry } = useJobWatch(number);
  if (detail !== undefined) return <JobView detail={detail} watched={watched} />;
  if (error === null) return <LoadingNote label={t('job.loading')} />;
  if (factsOf(error).code === 'JOB_NOT_FOUND') return <NoSuchJob number={String(number)} />;
  return (
    <>
      <ScreenTitle title={t('job.title', { number })} />
      <ErrorNote error={error} onRetry={retry} />
    </>
  );
}

function NoSuchJob({ number }: { readonly number: string }) {
  const { t } = useTranslation();
  return (
    <>
      <ScreenTitle title={t('job.title', { number })} />
      <EmptyNote title={t('job.notFound', { number })}>
        {t('job.notFoundHint')}
        <Button component={Link} href="/jobs">
          {t('job.allJobs')}
        </Button>
      </EmptyNote>
    </>
  );
}
