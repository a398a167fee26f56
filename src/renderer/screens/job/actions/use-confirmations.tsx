import { List, Text } from '@mantine/core';
import { useModals } from '@mantine/modals';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import type { JobKind } from '#contract/jobs';
import { outcomeOf } from '../model/outcome.ts';

/** The questions before what cannot be taken back. */
export function useConfirmations() {
  const { t } = useTranslation();
  const { openConfirmModal } = useModals();
  return {
    confirmKill: (kind: JobKind, onConfirm: () => void) =>
      openConfirmModal({
        title: t(kind === 'load' ? 'job.confirm.killTitle' : 'tablesJob.job.killTitle'),
        children: <Text>{t(kind === 'load' ? 'job.confirm.kill' : 'tablesJob.job.kill')}</Text>,
        labels: {
          confirm: t('job.confirm.killYes'),
          cancel: t(kind === 'load' ? 'job.confirm.killNo' : 'tablesJob.job.killNo'),
        },
        confirmProps: { color: 'red' },
        onConfirm,
      }),
    confirmDiscard: (kind: JobKind, onConfirm: () => void) =>
      openConfirmModal({
        title: t(kind === 'load' ? 'job.confirm.discardTitle' : 'tablesJob.job.discardTitle'),
        children: <Text>{t(kind === 'load' ? 'job.confirm.discard' : 'tablesJob.job.discard')}</Text>,
        labels: { confirm: t('job.confirm.discardYes'), cancel: t('job.confirm.discardNo') },
        confirmProps: { color: 'red' },
        onConfirm,
      }),
    confirmUndo: (detail: JobDetail, onConfirm: () => void) =>
      openConfirmModal({
        title: t('job.confirm.undoTitle'),
        children: <UndoQuestion detail={detail} />,
        labels: { confirm: t('job.confirm.undoYes'), cancel: t('job.confirm.undoNo') },
        confirmProps: { color: 'red' },
        onConfirm,
      }),
  };
}

function UndoQuestion({ detail }: { readonly detail: JobDetail }) {
  const { t } = useTranslation();
  const { inserted, updated } = outcomeOf(detail);
  return (
    <List spacing="xs">
      {inserted > 0 ? <List.Item>{t('job.confirm.undoInserted', { count: inserted })}</List.Item> : null}
      {updated > 0 ? <List.Item>{t('job.confirm.undoUpdated', { count: updated })}</List.Item> : null}
      <List.Item>{t('job.confirm.undoConflicts')}</List.Item>
      <List.Item>{t('job.confirm.undoFiles')}</List.Item>
    </List>
  );
}
