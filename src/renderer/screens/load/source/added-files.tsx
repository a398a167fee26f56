import { Alert, Button, Group, Text } from '@mantine/core';
import { IconFilePlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { includeToo } from '../mapping/mapping-edits.ts';
import { setEdits, useWizard } from '../wizard-store.ts';

/** Says that files are taken which the mapping would leave out, and takes that back. */
export function AddedFiles() {
  const { t } = useTranslation();
  const edits = useWizard((wizard) => wizard.edits);
  const { include = [] } = edits;
  if (include.length === 0) return null;
  return (
    <Alert color="indigo" variant="light" py="xs" role="status" icon={<IconFilePlus aria-hidden />}>
      <Group gap="sm" justify="space-between">
        <Text className="wrap-anywhere">{t('load.added.text', { include: include.join(', ') })}</Text>
        <Button size="compact-sm" variant="default" onClick={() => setEdits(includeToo(edits, []))}>
          {t('load.added.undo')}
        </Button>
      </Group>
    </Alert>
  );
}
