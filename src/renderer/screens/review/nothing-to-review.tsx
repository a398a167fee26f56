import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { JobSummary } from '#contract/api/job-views';
import { EmptyNote } from '#renderer/components/empty-note.tsx';
import { isLive } from '#renderer/screens/job/model/job-states.ts';

/** The job is at work, or there is nothing left to decide. */
export function NothingToReview({ job }: { readonly job: JobSummary }) {
  const { t } = useTranslation();
  const [title, text] = isLive(job)
    ? (['review.elsewhere.running', 'review.elsewhere.runningText'] as const)
    : (['review.elsewhere.over', 'review.elsewhere.overText'] as const);
  return (
    <EmptyNote title={t(title)}>
      <Text c="dimmed">{t(text)}</Text>
      <Button component={Link} href={`/jobs/${job.number}`}>
        {t('review.elsewhere.job')}
      </Button>
    </EmptyNote>
  );
}
