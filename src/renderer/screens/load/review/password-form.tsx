import { Button, Card, Group, PasswordInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { canonicalJson } from '#contract/canonical-json';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { host } from '#renderer/host/client.ts';
import { useConnection } from '../use-connection.ts';

/** Takes the password of a saved connection where it is missed. */
export function PasswordForm({ onSaved }: { readonly onSaved: () => void }) {
  const { t } = useTranslation();
  const connection = useConnection();
  const { data: connections = [] } = useQuery(host.connections.list.queryOptions());
  const { mutate, isPending, error } = useMutation(host.connections.save.mutationOptions({ onSuccess: onSaved }));
  const [password, setPassword] = useState('');
  const saved = connections.find(({ ref }) => connection && canonicalJson(ref) === canonicalJson(connection));
  if (saved === undefined || saved.ref.kind !== 'server') return null;
  const { host: server, port, database, user, ssl } = saved.ref;
  const save = (event: FormEvent) => {
    event.preventDefault();
    mutate({ id: saved.id, form: { name: saved.name, host: server, port, database, user, ssl, password } });
  };
  return (
    <Card withBorder padding="md" component="form" onSubmit={save}>
      <Group align="flex-end">
        <PasswordInput
          flex={1}
          miw={200}
          label={t('load.password.label', { user, name: saved.name })}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="off"
        />
        <Button type="submit" loading={isPending} disabled={password === ''}>
          {t('load.password.save')}
        </Button>
      </Group>
      {error === null ? null : <ErrorNote error={error} />}
    </Card>
  );
}
