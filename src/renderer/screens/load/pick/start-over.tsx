import { Button } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconRestore } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { clearWizard } from '../wizard-store.ts';

/** Empties the wizard, after a question. */
export function StartOver() {
  const { t } = useTranslation();
  const ask = () =>
    modals.openConfirmModal({
      title: t('load.startOver.title'),
      children: t('load.startOver.text'),
      labels: { confirm: t('load.startOver.confirm'), cancel: t('common.cancel') },
      closeButtonProps: { 'aria-label': t('common.close') },
      centered: true,
      onConfirm: clearWizard,
    });
  return (
    <Button variant="subtle" color="gray" leftSection={<IconRestore size={18} aria-hidden />} onClick={ask}>
      {t('load.startOver.button')}
    </Button>
  );
}
