import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { EmptyNote } from '../components/empty-note.tsx';
import { usePageTitle } from '../components/use-page-title.ts';

export function NotFound() {
  const { t } = useTranslation();
  usePageTitle(t('errors.noSuchPage'));
  return (
    <EmptyNote title={t('errors.noSuchPage')}>
      <Button component={Link} href="/">
        {t('common.nav.load')}
      </Button>
    </EmptyNote>
  );
}
