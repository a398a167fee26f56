import { Button, Group, Stack } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ConnectionForm as Form, SavedConnection } from '#contract/api/connections';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { host } from '#renderer/host/client.ts';
import { factsOf } from '#renderer/host/failure.ts';
import { DiagnosisNote } from './diagnosis-note.tsx';
import { formOf } from './form-values.ts';
import { PasswordField } from './password-field.tsx';
import { ServerFields } from './server-fields.tsx';
import { TlsField } from './tls-field.tsx';
import { type ConnectionFields, checkServerFields, focusField } from './use-connection-form.ts';

interface ConnectionFormProps {
  readonly connection: SavedConnection | null;
  readonly fields: ConnectionFields;
  readonly onSaved: (saved: SavedConnection) => void;
  readonly onCancel: () => void;
}

/** The fields of a server, with a test that can be made before anything is saved. */
export function ConnectionForm({ connection, fields, onSaved, onCancel }: ConnectionFormProps) {
  const id = connection === null ? {} : { id: connection.id };
  const save = useSave(fields, onSaved);
  const submit = fields.onSubmit(
    (values) => save.mutate({ ...id, form: formOf(values) }),
    (errors) => focusField(fields, Object.keys(errors)[0]),
  );
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <ServerFields fields={fields} />
        <PasswordField fields={fields} kept={connection !== null && connection.password !== 'none'} />
        <TlsField fields={fields} />
        {save.error === null || isNameTaken(save.error) ? null : <ErrorNote error={save.error} actions={null} />}
        <TestAndButtons id={id} fields={fields} saving={save.isPending} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

interface TestAndButtonsProps {
  readonly id: { readonly id?: string };
  readonly fields: ConnectionFields;
  readonly saving: boolean;
  readonly onCancel: () => void;
}

function TestAndButtons({ id, fields, saving, onCancel }: TestAndButtonsProps) {
  const { t } = useTranslation();
  const test = useMutation(host.connections.test.mutationOptions());
  const server = serverOf(fields);
  const tested = test.variables !== undefined && 'form' in test.variables ? test.variables.form : null;
  // What was found belongs to the values that were tested.
  const current = JSON.stringify(tested) === JSON.stringify(server);
  return (
    <>
      {current && test.data !== undefined ? (
        <div key={test.submittedAt} ref={showWhole}>
          <DiagnosisNote diagnosis={test.data} server={server} />
        </div>
      ) : null}
      {current && test.error !== null ? <ErrorNote error={test.error} actions={null} /> : null}
      <Group justify="space-between" mt="xs">
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={18} aria-hidden />}
          loading={test.isPending}
          onClick={() => {
            if (checkServerFields(fields)) test.mutate({ ...id, form: server });
          }}
        >
          {t('connections.test')}
        </Button>
        <Group gap="xs">
          <Button variant="subtle" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={saving}>
            {t('common.save')}
          </Button>
        </Group>
      </Group>
    </>
  );
}

/** The form may be longer than the window. */
function showWhole(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

function useSave(fields: ConnectionFields, onSaved: (saved: SavedConnection) => void) {
  const { t } = useTranslation();
  return useMutation(
    host.connections.save.mutationOptions({
      onSuccess: onSaved,
      onError: (error) => {
        if (!isNameTaken(error)) return;
        fields.setFieldError('name', t('connections.invalid.nameTaken'));
        focusField(fields, 'name');
      },
    }),
  );
}

function isNameTaken(error: unknown): boolean {
  return factsOf(error).code === 'CONNECTION_NAME_TAKEN';
}

function serverOf(fields: ConnectionFields): Omit<Form, 'name'> {
  const { name: _name, ...server } = formOf(fields.getValues());
  return server;
}
