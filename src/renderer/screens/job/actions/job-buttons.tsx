import { Button, Group, Stack } from '@mantine/core';
import { IconArrowBackUp, IconPlayerPlay, IconPlayerStop, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { useConfirmations } from './use-confirmations.tsx';
import type { JobActions } from './use-job-actions.ts';

interface JobButtonsProps {
  readonly detail: JobDetail;
  readonly actions: JobActions;
  /** Other places to go to from here. */
  readonly links?: ReactNode;
}

/** The buttons for what the job allows now. */
export function JobButtons({ detail, actions, links }: JobButtonsProps) {
  const { job } = detail;
  const failed = [actions.cancel, actions.resume, actions.discard, actions.undo].find(({ error }) => error !== null);
  return (
    <Stack gap="sm">
      <Group gap="xs">
        {job.actions.includes('cancel') ? <CancelButton detail={detail} actions={actions} /> : null}
        {job.actions.includes('resume') ? <ResumeButton detail={detail} actions={actions} /> : null}
        {links}
        <EndButtons detail={detail} actions={actions} />
      </Group>
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
      {t(stopping ? 'job.action.kill' : 'job.action.cancel')}
    </Button>
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
      {job.actions.includes('undo') || undo.isPending ? (
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
