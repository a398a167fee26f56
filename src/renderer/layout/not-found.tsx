import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { EmptyNote } from '../components/empty-note.tsx';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyNote title={t('errors.noSuchPage')}>
      <Button component={Link} href="/">
        {t('common.nav.load')}
      </Button>
    </EmptyNote>
  );
}
