import { List, Text } from '@mantine/core';
import { useModals } from '@mantine/modals';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import { outcomeOf } from '../model/outcome.ts';

/** The questions before what cannot be taken back. */
export function useConfirmations() {
  const { t } = useTranslation();
  const { openConfirmModal } = useModals();
  return {
    confirmKill: (onConfirm: () => void) =>
      openConfirmModal({
        title: t('job.confirm.killTitle'),
        children: <Text>{t('job.confirm.kill')}</Text>,
        labels: { confirm: t('job.confirm.killYes'), cancel: t('job.confirm.killNo') },
        confirmProps: { color: 'red' },
        onConfirm,
      }),
    confirmDiscard: (onConfirm: () => void) =>
      openConfirmModal({
        title: t('job.confirm.discardTitle'),
        children: <Text>{t('job.confirm.discard')}</Text>,
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
