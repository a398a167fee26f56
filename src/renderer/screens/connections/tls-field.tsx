import { Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConnectionForm } from '#contract/api/connections';
import type { ConnectionFields } from './use-connection-form.ts';

const MODES = ['disable', 'prefer', 'require', 'verify-full'] as const satisfies readonly ConnectionForm['ssl'][];

/** Whether the line is encrypted, with a sentence for each choice. */
export function TlsField({ fields }: { readonly fields: ConnectionFields }) {
  const { t } = useTranslation();
  const { ssl } = fields.getValues();
  return (
    <Select
      label={t('connections.form.tls')}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      description={t(`connections.tlsHint.${ssl}`)}
      allowDeselect={false}
      data={MODES.map((value) => ({ value, label: t(`connections.tls.${value}`) }))}
      renderOption={({ option }) => <Choice mode={MODES.find((mode) => mode === option.value) ?? ssl} />}
      {...fields.getInputProps('ssl')}
    />
  );
}

function Choice({ mode }: { readonly mode: ConnectionForm['ssl'] }) {
  const { t } = useTranslation();
  return (
    <div>
      <Text fz="sm">{t(`connections.tls.${mode}`)}</Text>
      <Text fz="xs" c="dimmed">
        {t(`connections.tlsHint.${mode}`)}
      </Text>
    </div>
  );
}
