import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { host } from '#renderer/host/client.ts';
import { chooseMapping, useWizard } from '../wizard-store.ts';
import { confirmLosingEdits } from './confirm-losing-edits.ts';
import { forgetMappingError } from './take-mapping.ts';

const FILE = 'file:';

/** The mappings that come with Loadstone, and the file that was opened. */
export function PresetSelect() {
  const { t } = useTranslation();
  const chosen = useWizard((wizard) => wizard.chosen);
  const { data: presets = [], isPending } = useQuery(host.mappings.presets.queryOptions());
  const options = presets.map(({ name }) => ({ value: name, label: name }));
  const file = chosen?.kind === 'file' ? [{ value: FILE, label: chosen.label }] : [];
  const choose = (value: string | null) => {
    const preset = presets.find(({ name }) => name === value);
    if (preset === undefined) return;
    confirmLosingEdits(() => {
      forgetMappingError();
      chooseMapping({ kind: 'preset', label: preset.name, original: preset.mapping });
    });
  };
  return (
    <Select
      label={t('load.mapping.mapping')}
      placeholder={t('load.mapping.none')}
      data={[...file, ...options]}
      value={chosen === null ? null : chosen.kind === 'file' ? FILE : chosen.label}
      onChange={choose}
      disabled={isPending}
      allowDeselect={false}
      w={{ base: '100%', xs: 280 }}
    />
  );
}
