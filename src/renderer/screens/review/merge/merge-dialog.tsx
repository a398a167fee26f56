import { Alert, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Review } from '#contract/api/reviews';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { host } from '#renderer/host/client.ts';
import { type MergePlan, mergePlans, sumPlans } from '../model/merge-plan.ts';
import { PlanTable } from './plan-table.tsx';

interface MergeDialogProps {
  readonly isOpen: boolean;
  readonly number: number;
  /** undefined: on its way. */
  readonly review: Review | undefined;
  /** Why there is none. */
  readonly error?: unknown;
  /** What the numbers say is what is kept. */
  readonly isSaved: boolean;
  readonly onShowBlocked: (table: string) => void;
  readonly onClose: () => void;
}

/** Says what the merge will do to each table, and does it. */
export function MergeDialog({ isOpen, onClose, review, error = null, number, ...rest }: MergeDialogProps) {
  const { t } = useTranslation();
  // Both outlive the question, which goes while the review is read anew.
  const merge = useMerge();
  const [acceptedFor, setAcceptedFor] = useState<string | null>(null);
  const id = review?.summary.id ?? null;
  const acceptMoved = id !== null && acceptedFor === id;
  const close = () => {
    if (!merge.isPending) merge.reset();
    setAcceptedFor(null);
    onClose();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={t('review.merge.title')}
      size="xl"
      styles={{ title: { fontWeight: 600 } }}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {error === null ? null : <ErrorNote error={error} />}
      {review === undefined && error === null ? <LoadingNote label={t('review.loading')} /> : null}
      {review === undefined || error !== null ? null : (
        <Question
          {...rest}
          review={review}
          acceptMoved={acceptMoved}
          onAcceptMoved={(isAccepted) => setAcceptedFor(isAccepted ? id : null)}
          merge={merge}
          onMerge={({ summary, revision }) =>
            merge.mutate({ number, review: summary.id, revision, ...(acceptMoved && { acceptMoved }) })
          }
          onClose={close}
        />
      )}
    </Modal>
  );
}

interface QuestionProps extends Pick<MergeDialogProps, 'isSaved' | 'onShowBlocked' | 'onClose'> {
  readonly review: Review;
  readonly acceptMoved: boolean;
  readonly onAcceptMoved: (isAccepted: boolean) => void;
  readonly merge: ReturnType<typeof useMerge>;
  readonly onMerge: (review: Review) => void;
}

function Question(props: QuestionProps) {
  const { review, isSaved, acceptMoved, onAcceptMoved, merge, onMerge, onShowBlocked, onClose } = props;
  const { t } = useTranslation();
  const { summary } = review;
  const plans = mergePlans(review);
  const sum = sumPlans(plans.values());
  return (
    <Stack gap="md">
      <PlanTable plans={plans} sum={sum} />
      <Text fz="sm" c="dimmed">
        {t('review.merge.hint')}
      </Text>
      {sum.duplicates === 0 ? null : <Text fz="sm">{t('review.merge.repeated', { count: sum.duplicates })}</Text>}
      <Text fz="sm">
        {t('review.merge.atomic')} {acceptMoved ? '' : t('review.merge.again')}
      </Text>
      {summary.moved === undefined ? null : (
        <Checkbox
          label={t('review.merge.accept')}
          description={t('review.merge.acceptHint')}
          checked={acceptMoved}
          onChange={(event) => onAcceptMoved(event.currentTarget.checked)}
        />
      )}
      <Blocked plans={plans} sum={sum} onShow={onShowBlocked} />
      {isSaved ? null : <Text fz="sm">{t('review.merge.unsaved')}</Text>}
      {merge.error === null ? null : <ErrorNote error={merge.error} actions={null} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('review.merge.no')}
        </Button>
        <Button
          loading={merge.isPending}
          disabled={!merge.isPending && (sum.fails > 0 || !isSaved)}
          onClick={() => onMerge(review)}
        >
          {t('review.merge.yes')}
        </Button>
      </Group>
    </Stack>
  );
}

/** The job's view tells how it goes on. */
function useMerge() {
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  return useMutation(
    host.jobs.merge.mutationOptions({
      onSuccess: ({ number }) => {
        void queries.invalidateQueries({ queryKey: host.jobs.key() });
        navigate(`/jobs/${number}`);
      },
      // What was looked at is no longer what there is: the fresh state comes by itself.
      onError: () => void queries.invalidateQueries({ queryKey: host.reviews.key() }),
    }),
  );
}

interface BlockedProps {
  readonly plans: ReadonlyMap<string, MergePlan>;
  readonly sum: MergePlan;
  readonly onShow: (table: string) => void;
}

function Blocked({ plans, sum, onShow }: BlockedProps) {
  const { t } = useTranslation();
  const [table] = [...plans].find(([, { fails }]) => fails > 0) ?? [];
  if (table === undefined) return null;
  return (
    <Alert color="orange" role="alert" icon={<IconAlertTriangle aria-hidden />}>
      <Group justify="space-between" gap="sm">
        <Text fz="sm">{t('review.merge.blocked', { count: sum.fails })}</Text>
        <Button size="compact-sm" variant="default" onClick={() => onShow(table)}>
          {t('review.merge.showBlocked')}
        </Button>
      </Group>
    </Alert>
  );
}
