import { Badge, Button, FileButton, Group } from '@mantine/core';
import { IconFileImport, IconRestore } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { host } from '#renderer/host/client.ts';
import { isChanged as hasChanges, undoChanges, useWizard } from '../wizard-store.ts';
import { confirmLosingEdits } from './confirm-losing-edits.ts';
import { PresetSelect } from './preset-select.tsx';
import { RemoveMapping } from './remove-mapping.tsx';
import { SaveFile } from './save-file.tsx';
import { SaveMapping } from './save-mapping.tsx';
import { askForMapping, takeMappingFile, useMappingReading } from './take-mapping.ts';
import { useMapping } from './use-mapping.ts';

/** Which mapping, whether it was changed, and how to get another one. */
export function MappingBar() {
  const { t } = useTranslation();
  const isChanged = useWizard(hasChanges);
  const edited = useMapping();
  return (
    <Group gap="sm" align="flex-end">
      <PresetSelect />
      <OpenMapping />
      {edited === null ? null : <SaveMapping mapping={edited.mapping} />}
      <RemoveMapping />
      {isChanged ? (
        <>
          <Button
            variant="subtle"
            leftSection={<IconRestore size={18} aria-hidden />}
            onClick={() => confirmLosingEdits(undoChanges)}
          >
            {t('load.mapping.reset')}
          </Button>
          <Badge color="indigo" variant="light" size="lg" mb={5}>
            {t('load.mapping.changed')}
          </Badge>
        </>
      ) : null}
      {edited === null ? null : <SaveFile mapping={edited.mapping} />}
    </Group>
  );
}

function OpenMapping() {
  const { t } = useTranslation();
  const { data: info } = useQuery(host.app.info.queryOptions());
  const { isReading } = useMappingReading();
  const shared = {
    variant: 'default',
    loading: isReading,
    leftSection: <IconFileImport size={18} aria-hidden />,
    children: t('load.mapping.open'),
  } as const;
  if (info?.host === 'desktop') {
    return <Button {...shared} onClick={() => confirmLosingEdits(() => void askForMapping())} />;
  }
  return (
    <FileButton
      accept=".json,.jsonc,application/json"
      onChange={(file) => (file === null ? undefined : confirmLosingEdits(() => void takeMappingFile(file)))}
    >
      {(props) => <Button {...props} {...shared} />}
    </FileButton>
  );
}
