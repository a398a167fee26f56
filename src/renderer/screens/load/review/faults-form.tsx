import { Select, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { setChoices, useWizard } from '../wizard-store.ts';
import { type LoadChoices, readMaxRejects } from './load-choices.ts';

const ON_ERROR: readonly LoadChoices['onError'][] = ['row', 'file', 'abort'];

/** What a bad record costs, and which files are taken. */
export function FaultsForm() {
  const { t } = useTranslation();
  const { onError, maxRejects, skipLoaded } = useWizard((wizard) => wizard.choices);
  const isRetry = useWizard(({ retry }) => retry !== null);
  return (
    <Stack gap="sm">
      <Select
        label={t('load.onError.label')}
        description={t(`load.onError.${onError}.text`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={ON_ERROR.filter((value) => !isRetry || value !== 'file').map((value) => ({
          value,
          label: t(`load.onError.${value}.name`),
        }))}
        value={onError}
        onChange={(value) => setChoices({ onError: ON_ERROR.find((one) => one === value) ?? 'row' })}
        allowDeselect={false}
      />
      <TextInput
        label={t('load.maxRejects.label')}
        description={t('load.maxRejects.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={t('load.maxRejects.none')}
        value={maxRejects}
        onChange={(event) => setChoices({ maxRejects: event.currentTarget.value })}
        error={readMaxRejects(maxRejects) === null ? t('load.maxRejects.wrong') : undefined}
      />
      {isRetry ? null : (
        <Switch
          label={t('load.reload.label')}
          description={t('load.reload.hint')}
          checked={!skipLoaded}
          onChange={(event) => setChoices({ skipLoaded: !event.currentTarget.checked })}
        />
      )}
    </Stack>
  );
}
