import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SavedConnection } from '#contract/api/connections';
import { EMBEDDED, HERE } from './audit-source.ts';

/** Mantine knows no option without a value. */
const THIS_COMPUTER = 'here';

interface SourceSelectProps {
  readonly saved: readonly SavedConnection[];
  /** As the address has it. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Whose log is shown: this computer's, or that of a database. */
export function SourceSelect({ saved, value, onChange }: SourceSelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('audit.source.label')}
      w={{ base: '100%', sm: 360 }}
      allowDeselect={false}
      data={[
        { value: THIS_COMPUTER, label: t('audit.source.here') },
        { value: EMBEDDED, label: t('common.embedded') },
        ...saved.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={value === HERE ? THIS_COMPUTER : value}
      onChange={(chosen) => onChange(chosen === THIS_COMPUTER ? HERE : (chosen ?? HERE))}
    />
  );
}
