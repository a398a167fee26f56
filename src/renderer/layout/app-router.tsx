import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { PropsWithChildren } from 'react';
import { useTranslation } from 'react-i18next';
import { type AroundNavHandler, Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { hasUnsaved } from '../components/unsaved.ts';

/** Makes addresses of what stands behind `#`; also around dialogs, in which there are links too. */
export function AppRouter({ children }: PropsWithChildren) {
  const { t } = useTranslation();
  // On another way than by links, as with the browser's "back", nobody can be asked.
  const ask: AroundNavHandler = (navigate, to, options) => {
    if (!hasUnsaved()) return navigate(to, options);
    modals.openConfirmModal({
      title: t('common.leave.title'),
      children: <Text>{t('common.leave.text')}</Text>,
      labels: { confirm: t('common.leave.go'), cancel: t('common.leave.stay') },
      confirmProps: { color: 'red' },
      cancelProps: { 'data-autofocus': true },
      closeButtonProps: { 'aria-label': t('common.close') },
      onConfirm: () => navigate(to, options),
    });
  };
  return (
    <Router hook={useHashLocation} aroundNav={ask}>
      {children}
    </Router>
  );
}
