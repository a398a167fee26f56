import { Text } from '@mantine/core';
import { useModals } from '@mantine/modals';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import type { JobKind } from '#contract/jobs';
import { UndoDialog } from '../undo/undo-dialog.tsx';

/** The questions before what cannot be taken back. */
export function useConfirmations() {
  const { t } = useTranslation();
  const { openConfirmModal, openModal: open, closeModal } = useModals();
  const closeButtonProps = { 'aria-label': t('common.close') };
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
        closeButtonProps,
        onConfirm,
      }),
    confirmDiscard: (kind: JobKind, onConfirm: () => void) =>
      openConfirmModal({
        title: t(kind === 'load' ? 'job.confirm.discardTitle' : 'tablesJob.job.discardTitle'),
        children: <Text>{t(kind === 'load' ? 'job.confirm.discard' : 'tablesJob.job.discard')}</Text>,
        labels: { confirm: t('job.confirm.discardYes'), cancel: t('job.confirm.discardNo') },
        confirmProps: { color: 'red' },
        closeButtonProps,
        onConfirm,
      }),
    confirmUndo: (detail: JobDetail, onConfirm: () => void) => {
      const id = open({
        title: t('undo.dialog.title', { number: detail.job.number }),
        size: 'lg',
        closeButtonProps,
        children: (
          <UndoDialog
            detail={detail}
            onClose={() => closeModal(id)}
            onUndo={() => {
              closeModal(id);
              onConfirm();
            }}
          />
        ),
      });
    },
  };
}
