import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconEye, IconPlayerPlay, IconPlayerStop, IconTrash } from '@tabler/icons-react';
import type { PropsWithChildren, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { JobDetail } from '#contract/api/job-views';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { MergeHere } from '#renderer/screens/review/merge/merge-here.tsx';
import { useConfirmations } from './use-confirmations.tsx';
import type { JobActions } from './use-job-actions.ts';

interface JobButtonsProps {
  readonly detail: JobDetail;
  readonly actions: JobActions;
  /** Other places to go to from here. */
  readonly links?: ReactNode;
  /** The rows that waited for review are not there any more. */
  readonly isGone?: boolean;
}

/** The buttons for what the job allows now. */
export function JobButtons({ detail, actions, links, isGone = false }: JobButtonsProps) {
  const { t } = useTranslation();
  const { job } = detail;
  const isReviewed = job.actions.includes('review') && !isGone;
  // What waits is merged, not read again; a merge that stopped goes on as it was ordered.
  const mayResume = job.actions.includes('resume') && !(isReviewed && job.state === 'waiting_for_review');
  const failed = [actions.cancel, actions.resume, actions.discard, actions.undo].find(({ error }) => error !== null);
  return (
    <Stack gap="sm">
      <Group gap="xs">
        {job.actions.includes('cancel') ? <CancelButton detail={detail} actions={actions} /> : null}
        {mayResume ? <ResumeButton detail={detail} actions={actions} /> : null}
        {isReviewed ? <ReviewButtons detail={detail} /> : null}
        {isReviewed ? <EndButtons detail={detail} actions={actions} /> : null}
        {links}
        {isReviewed ? null : <EndButtons detail={detail} actions={actions} />}
      </Group>
      {job.busyWith === 'undo' ? <UndoNote>{t('undo.underWay')}</UndoNote> : null}
      {job.busyWith === null && actions.undo.isSuccess && actions.undo.data === null ? (
        <UndoNote>{t('undo.cancelled')}</UndoNote>
      ) : null}
      {failed === undefined ? null : <ErrorNote error={failed.error} actions={null} />}
    </Stack>
  );
}

type ButtonProps = Pick<JobButtonsProps, 'detail' | 'actions'>;

/** The first click asks; while the load stops, the second one kills, after a question. */
function CancelButton({ detail: { job }, actions: { cancel } }: ButtonProps) {
  const { t } = useTranslation();
  const { confirmKill } = useConfirmations();
  const stopping = job.state === 'cancelling';
  const click = () => cancel.mutate({ number: job.number });
  return (
    <Button
      variant={stopping ? 'light' : 'default'}
      color={stopping ? 'red' : 'gray'}
      leftSection={<IconPlayerStop size={16} aria-hidden />}
      loading={cancel.isPending}
      onClick={stopping ? () => confirmKill(job.kind, click) : click}
    >
      {t(job.busyWith === 'undo' ? 'undo.cancel' : stopping ? 'job.action.kill' : 'job.action.cancel')}
    </Button>
  );
}

function UndoNote({ children }: PropsWithChildren) {
  return (
    <Text fz="sm" role="status">
      {children}
    </Text>
  );
}

function ResumeButton({ detail: { job }, actions: { resume, discard } }: ButtonProps) {
  const { t } = useTranslation();
  return (
    <Button
      leftSection={<IconPlayerPlay size={16} aria-hidden />}
      loading={resume.isPending}
      disabled={discard.isPending}
      onClick={() => resume.mutate({ number: job.number })}
    >
      {t(job.kind === 'tables' ? 'tablesJob.job.runAgain' : 'job.action.resume')}
    </Button>
  );
}

function ReviewButtons({ detail: { job } }: Pick<JobButtonsProps, 'detail'>) {
  const { t } = useTranslation();
  const { number, state, actions } = job;
  const isWaiting = state === 'waiting_for_review';
  return (
    <>
      <Button
        component={Link}
        href={`/jobs/${number}/review`}
        variant={isWaiting ? 'filled' : 'default'}
        leftSection={<IconEye size={16} aria-hidden />}
      >
        {t('review.card.review')}
      </Button>
      {isWaiting && actions.includes('merge') ? <MergeHere number={number} /> : null}
    </>
  );
}

function EndButtons({ detail, actions }: ButtonProps) {
  const { t } = useTranslation();
  const { confirmDiscard, confirmUndo } = useConfirmations();
  const { job } = detail;
  const { discard, undo, resume } = actions;
  const { number } = job;
  return (
    <>
      {job.actions.includes('discard') || discard.isPending ? (
        <Button
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden />}
          loading={discard.isPending}
          disabled={resume.isPending}
          onClick={() => confirmDiscard(job.kind, () => discard.mutate({ number }))}
        >
          {t('job.action.discard')}
        </Button>
      ) : null}
      {job.actions.includes('undo') || (undo.isPending && job.busyWith === null) ? (
        <Button
          px="sm"
          variant="default"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          loading={undo.isPending}
          onClick={() => confirmUndo(detail, () => undo.mutate({ number }))}
        >
          {t('job.action.undo')}
        </Button>
      ) : null}
    </>
  );
}
