import { Alert } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useHostState } from '../host/use-host-state.ts';

/** Says that the line to the host is broken, as long as it is. */
export function HostBanner() {
  const { t } = useTranslation();
  if (useHostState() !== 'lost') return null;
  return (
    <Alert color="orange" mb="md" role="status" icon={<IconPlugConnectedX aria-hidden />} title={t('common.host.lost')}>
      {t('common.host.lostHint')}
    </Alert>
  );
}
