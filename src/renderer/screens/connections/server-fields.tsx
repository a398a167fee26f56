import { Grid, NumberInput, TextInput } from '@mantine/core';
import { type ClipboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withUrl } from './form-values.ts';
import { isConnectionUrl, readConnectionUrl } from './read-connection-url.ts';
import type { ConnectionFields } from './use-connection-form.ts';

interface ServerFieldsProps {
  readonly fields: ConnectionFields;
}

/** Where the server is, and as whom to enter. */
export function ServerFields({ fields }: ServerFieldsProps) {
  const { t } = useTranslation();
  const url = useUrl(fields);
  const hostField = fields.getInputProps('host');
  return (
    <>
      <TextInput
        label={t('connections.form.name')}
        description={t('connections.form.nameHint')}
        inputWrapperOrder={ORDER}
        required
        data-autofocus
        autoComplete="off"
        {...fields.getInputProps('name')}
      />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, xs: 9 }}>
          <TextInput
            label={t('connections.form.host')}
            description={<span role="status">{url.note ?? t('connections.form.hostHint')}</span>}
            inputWrapperOrder={ORDER}
            required
            {...PLAIN}
            {...hostField}
            onPaste={url.paste}
            onBlur={(event) => {
              hostField.onBlur?.(event);
              url.take(event.currentTarget.value);
            }}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, xs: 3 }}>
          <NumberInput
            label={t('connections.form.port')}
            required
            hideControls
            allowDecimal={false}
            allowNegative={false}
            thousandSeparator=""
            {...fields.getInputProps('port')}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, xs: 6 }}>
          <TextInput label={t('connections.form.database')} required {...PLAIN} {...fields.getInputProps('database')} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, xs: 6 }}>
          <TextInput label={t('connections.form.user')} required {...PLAIN} {...fields.getInputProps('user')} />
        </Grid.Col>
      </Grid>
    </>
  );
}

/** Labels of neighbours stand in one line, whatever else a field says. */
const ORDER: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'error', 'description'];

/** Names on servers are no words of a language. */
const PLAIN = { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false } as const;

/** A URL that comes into the host's field fills all fields. */
function useUrl(fields: ConnectionFields) {
  const { t } = useTranslation();
  const [note, setNote] = useState<string | null>(null);
  const take = (text: string): boolean => {
    if (!isConnectionUrl(text)) return false;
    const parts = readConnectionUrl(text);
    if (parts === null) {
      fields.setFieldError('host', t('connections.form.badUrl'));
      return false;
    }
    // Never the URL itself: it may show a password.
    fields.setValues(withUrl({ ...fields.getValues(), host: '' }, parts));
    setNote(t(parts.password === undefined ? 'connections.form.fromUrl' : 'connections.form.fromUrlPassword'));
    return true;
  };
  const paste = (event: ClipboardEvent) => {
    if (take(event.clipboardData.getData('text'))) event.preventDefault();
  };
  return { note, take, paste };
}
