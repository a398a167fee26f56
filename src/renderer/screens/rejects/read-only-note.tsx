import { Alert, Anchor } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ReadOnly } from './read-only.ts';

interface ReadOnlyNoteProps {
  readonly why: ReadOnly;
  readonly number: number;
}

/** Why nothing can be corrected here (yet), and where that changes. */
export function ReadOnlyNote({ why, number }: ReadOnlyNoteProps) {
  const { t } = useTranslation();
  return (
    <Alert color="blue" icon={<IconLock aria-hidden />} title={t('rejects.readOnly.title')}>
      {t(`rejects.readOnly.${why}`)}{' '}
      <Anchor component={Link} href={`/jobs/${number}`} fz="sm" c="inherit" underline="always">
        {t('rejects.readOnly.toJob', { number })}
      </Anchor>
    </Alert>
  );
}
