import { Text } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import type { ReviewSummary, TableReview } from '#contract/review';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { formatBytes } from '#renderer/format/numbers.ts';
import { formatAge } from '#renderer/format/times.ts';
import { MovedNote } from '#renderer/screens/review/merge/moved-note.tsx';
import { runSeconds } from '../model/run-time.ts';
import { Headline } from './headline.tsx';
import { JobCard } from './job-card.tsx';
import { ReviewCounts } from './review-counts.tsx';

interface ReviewCardProps {
  readonly detail: JobDetail;
  readonly review: ReviewSummary;
  readonly headlineRef: Ref<HTMLHeadingElement>;
  readonly actions: ReactNode;
}

/** What the check found of a load that waits for somebody to decide. */
export function ReviewCard({ detail, review, headlineRef, actions }: ReviewCardProps) {
  const { t } = useTranslation();
  const { job, error } = detail;
  const isGone = job.busyWith === null && !job.actions.includes('review');
  const conflicts = sumOf(review, 'changed');
  const headline = conflicts === 0 ? t('review.card.headlineNone') : t('review.card.headline', { count: conflicts });
  return (
    <JobCard
      job={job}
      seconds={runSeconds(detail, Date.now())}
      head={
        <>
          <Headline ref={headlineRef}>{isGone ? t('review.gone.title') : headline}</Headline>
          {isGone ? <Text maw="70ch">{t('review.gone.text')}</Text> : <Waiting review={review} />}
        </>
      }
    >
      {isGone ? null : <MovedNote review={{ summary: review }} />}
      {error === null ? null : <ErrorNote error={error} actions={null} />}
      {actions}
      {isGone ? null : <ReviewCounts number={job.number} review={review} />}
    </JobCard>
  );
}

/** What was found, and what waits since when. */
function Waiting({ review }: Pick<ReviewCardProps, 'review'>) {
  const { t } = useTranslation();
  return (
    <>
      <Text className="tabular" maw="70ch">
        <Sentences review={review} />
      </Text>
      <Text maw="70ch">{t('review.card.waits')}</Text>
      <Text fz="sm" c="dimmed" className="tabular">
        {t('review.card.since', { age: formatAge(review.checkedAt) })} ·{' '}
        {t('review.card.size', { size: formatBytes(review.stagedBytes) })}
      </Text>
    </>
  );
}

const SENTENCES = ['new', 'identical', 'changed', 'duplicates', 'rejected'] as const;

function Sentences({ review }: Pick<ReviewCardProps, 'review'>) {
  const { t } = useTranslation();
  const told = SENTENCES.map((name) => ({ name, count: sumOf(review, name) })).filter(({ count }) => count > 0);
  if (told.length === 0) return t('review.card.noTables');
  return told.map(({ name, count }) => t(`review.card.${name}`, { count })).join(' ');
}

function sumOf({ tables }: ReviewSummary, name: Exclude<keyof TableReview, 'columns'>): number {
  return Object.values(tables).reduce((sum, counts) => sum + counts[name], 0);
}
