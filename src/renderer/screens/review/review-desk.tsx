import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import type { Review } from '#contract/api/reviews';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { ScreenTitle } from '#renderer/components/screen-title.tsx';
import { formatBytes } from '#renderer/format/numbers.ts';
import { formatAge, formatMoment } from '#renderer/format/times.ts';
import { useTargetText } from '#renderer/screens/job/parts/use-target-text.ts';
import { ChosenTable } from './chosen-table.tsx';
import { FileMenu } from './files/file-menu.tsx';
import { MergeButton } from './merge/merge-button.tsx';
import { MovedNote } from './merge/moved-note.tsx';
import { tableNames } from './model/rules.ts';
import { NoConflicts } from './no-conflicts.tsx';
import classes from './review.module.css';
import { RulesCard } from './rules/rules-card.tsx';
import { SaveStatus } from './rules/save-status.tsx';
import { TableNav } from './tables/table-nav.tsx';
import { useReviewPlace } from './use-review-place.ts';
import { type Reviewing, useReviewing } from './use-reviewing.ts';

interface ReviewDeskProps {
  readonly detail: JobDetail;
  readonly review: Review;
  /** Why it could not be read anew. */
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Tables, rules and conflicts of a review, and the way to the merge. */
export function ReviewDesk({ detail, review, error, onRetry }: ReviewDeskProps) {
  const { t } = useTranslation();
  const { number, mapping, connection } = detail.job;
  const reviewing = useReviewing(number, review);
  const target = useTargetText(connection);
  return (
    <>
      <ScreenTitle title={t('review.title', { number })} subtitle={t('job.into', { mapping, target })}>
        <FileMenu reviewing={reviewing} />
        <MergeButton reviewing={reviewing} />
      </ScreenTitle>
      <Stack gap="md">
        <Facts review={review} />
        {error === null ? null : <ErrorNote error={error} onRetry={onRetry} actions={null} />}
        <MovedNote review={review} />
        <SaveStatus reviewing={reviewing} />
        {/* Another check is another review: what was noted for one is not for the other. */}
        <Tables key={review.summary.id} reviewing={reviewing} />
      </Stack>
    </>
  );
}

function Facts({ review: { summary } }: Pick<ReviewDeskProps, 'review'>) {
  const { t } = useTranslation();
  const { checkedAt, stagedBytes } = summary;
  const facts = { age: formatAge(checkedAt), moment: formatMoment(checkedAt), size: formatBytes(stagedBytes) };
  return (
    <Group gap="xs" mt={-12}>
      <Text fz="sm" c="dimmed" className="tabular">
        {t('review.waiting', facts)}
      </Text>
    </Group>
  );
}

function Tables({ reviewing }: { readonly reviewing: Reviewing }) {
  const place = useReviewPlace();
  const { tables } = reviewing.review.summary;
  const names = tableNames(reviewing.review);
  const first = names.find((name) => (tables[name]?.changed ?? 0) > 0);
  const known = names.find((name) => name === place.table);
  const chosen = known ?? first ?? names[0];
  if (chosen === undefined) return <NoConflicts reviewing={reviewing} />;
  return (
    <div className={classes.desk}>
      <TableNav reviewing={reviewing} chosen={chosen} onChoose={place.goToTable} />
      <Stack gap="md" miw={0}>
        {first === undefined ? (
          <NoConflicts reviewing={reviewing} />
        ) : (
          <RulesCard reviewing={reviewing} table={chosen} />
        )}
        <ChosenTable key={chosen} reviewing={reviewing} table={chosen} place={place} />
      </Stack>
    </div>
  );
}
