import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Mapping } from '#contract/mapping';
import { chooseMapping, useWizard } from '#renderer/screens/load/wizard-store.ts';

/** The mapping that is left when columns are left out: the load has to use it, else it finds the tables lacking. */
export function NarrowerMapping({ mapping }: { readonly mapping: Mapping }) {
  const { t } = useTranslation();
  const chosen = useWizard((wizard) => wizard.chosen);
  const label = t('tablesJob.narrowerName', { mapping: chosen?.label ?? mapping.name });
  return (
    <Alert color="indigo" role="note" p="xs">
      <Group gap="sm" justify="space-between">
        <Text fz="sm">{t('tablesJob.narrower')}</Text>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => chooseMapping({ kind: 'file', label, original: mapping })}
        >
          {t('tablesJob.useNarrower')}
        </Button>
      </Group>
    </Alert>
  );
}
