import { Anchor, Group } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { JobDetail } from '#contract/api/job-views';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { ScreenTitle } from '#renderer/components/screen-title.tsx';
import { host } from '#renderer/host/client.ts';
import { factsOf } from '#renderer/host/failure.ts';
import { NothingToReview } from './nothing-to-review.tsx';
import { ReviewDesk } from './review-desk.tsx';
import { ReviewGone } from './review-gone.tsx';

/** What a load found before its merge, to be looked at and decided upon. */
export function ReviewScreen({ number }: { readonly number: number }) {
  const { t } = useTranslation();
  const job = useQuery(host.jobs.show.queryOptions({ input: { number } }));
  const { data: detail, error } = job;
  return (
    <>
      <Anchor component={Link} href={`/jobs/${number}`} fz="sm" display="inline-flex" mb="xs">
        <Group gap={4}>
          <IconArrowLeft size={16} aria-hidden />
          {t('review.back', { number })}
        </Group>
      </Anchor>
      {detail === undefined ? <ScreenTitle title={t('review.title', { number })} /> : null}
      {detail === undefined && error === null ? <LoadingNote /> : null}
      {error === null || detail !== undefined ? null : <ErrorNote error={error} onRetry={() => void job.refetch()} />}
      {detail === undefined ? null : <OfJob detail={detail} />}
    </>
  );
}

function OfJob({ detail }: { readonly detail: JobDetail }) {
  const { t } = useTranslation();
  const { number, state, actions, busyWith } = detail.job;
  const isWaiting = actions.includes('review') && busyWith === null;
  // Once it was seen that the rows are gone, a job that waits has nothing to review.
  const isEmpty = state === 'waiting_for_review' && !isWaiting && busyWith === null;
  const input = { job: number };
  // Others may have decided something since it was looked at last.
  const query = useQuery({ ...host.reviews.get.queryOptions({ input }), enabled: isWaiting, staleTime: 0 });
  const { data: review, error } = query;
  const isGone = isEmpty || (error !== null && factsOf(error).code === 'REVIEW_GONE');
  if (isWaiting && review !== undefined && !isGone) {
    return <ReviewDesk detail={detail} review={review} error={error} onRetry={query.refetch} />;
  }
  return (
    <>
      <ScreenTitle title={t('review.title', { number })} />
      {isGone ? <ReviewGone detail={detail} /> : null}
      {isWaiting || isGone ? null : <NothingToReview job={detail.job} />}
      {isWaiting && !isGone && error !== null ? <ErrorNote error={error} onRetry={() => void query.refetch()} /> : null}
      {isWaiting && !isGone && error === null ? <LoadingNote label={t('review.loading')} /> : null}
    </>
  );
}
