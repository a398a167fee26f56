import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LoadReport } from '#contract/load';

/** What one warning is about, by name and file. */
export function WarningNames({ names = [], count }: LoadReport['warnings'][number]) {
  const { t } = useTranslation();
  if (names.length === 0) return null;
  const told = names.map(({ name, files, path }) =>
    files === 1 ? t('rejects.warning.named', { name, path }) : t('rejects.warning.namedIn', { name, files, path }),
  );
  return (
    <Text component="span" display="block" fz="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      {count > names.length ? `${told.join(', ')}, …` : told.join(', ')}
    </Text>
  );
}
