import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { SavedConnection } from '#contract/api/connections';
import { tableAddress } from './table-place.ts';

interface ConnectionSelectProps {
  readonly saved: readonly SavedConnection[];
  readonly value: string;
}

/** Which database is looked at. */
export function ConnectionSelect({ saved, value }: ConnectionSelectProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <Select
      aria-label={t('tables.connection')}
      w={{ base: '100%', xs: 280 }}
      allowDeselect={false}
      data={[
        { value: 'embedded', label: t('common.embedded') },
        ...saved.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={value}
      onChange={(id) => id !== null && navigate(tableAddress(id))}
    />
  );
}
