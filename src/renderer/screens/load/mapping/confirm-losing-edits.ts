import { modals } from '@mantine/modals';
import { i18n } from '#renderer/i18n/i18n.ts';
import { isChanged, useWizard } from '../wizard-store.ts';

/** Does it at once when nothing was changed, else after a question. */
export function confirmLosingEdits(act: () => void): void {
  if (!isChanged(useWizard.getState())) {
    act();
    return;
  }
  modals.openConfirmModal({
    title: i18n.t('load.mapping.loseTitle'),
    children: i18n.t('load.mapping.loseText'),
    labels: { confirm: i18n.t('load.mapping.lose'), cancel: i18n.t('common.cancel') },
    closeButtonProps: { 'aria-label': i18n.t('common.close') },
    centered: true,
    onConfirm: act,
  });
}
