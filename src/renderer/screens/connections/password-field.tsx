import { Anchor, Button, Group, Input, PasswordInput, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { host } from '#renderer/host/client.ts';
import type { ConnectionFields } from './use-connection-form.ts';

interface PasswordFieldProps {
  readonly fields: ConnectionFields;
  /** There is one that can stay. */
  readonly kept: boolean;
}

/** The password, and what becomes of it: said before it is saved. */
export function PasswordField({ fields, kept }: PasswordFieldProps) {
  const { t } = useTranslation();
  const { password } = fields.getValues();
  if (password === null) return <KeptPassword onReplace={() => fields.setFieldValue('password', '')} />;
  return (
    <Stack gap={6}>
      <PasswordInput
        label={t('connections.form.password')}
        description={t('connections.form.passwordHint')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        autoComplete="new-password"
        value={password}
        onChange={(event) => fields.setFieldValue('password', event.currentTarget.value)}
      />
      <Whereabouts />
      {kept ? (
        <Anchor
          component="button"
          type="button"
          fz="sm"
          ta="start"
          onClick={() => fields.setFieldValue('password', null)}
        >
          {t('connections.form.keep')}
        </Anchor>
      ) : null}
    </Stack>
  );
}

function KeptPassword({ onReplace }: { readonly onReplace: () => void }) {
  const { t } = useTranslation();
  return (
    <Input.Wrapper label={t('connections.form.password')} labelElement="div">
      <Group justify="space-between" gap="xs">
        <Text fz="sm" c="dimmed">
          {t('connections.form.kept')}
        </Text>
        <Button variant="default" size="compact-sm" onClick={onReplace}>
          {t('connections.form.replace')}
        </Button>
      </Group>
    </Input.Wrapper>
  );
}

function Whereabouts() {
  const { t } = useTranslation();
  const { data: info } = useQuery(host.app.info.queryOptions());
  if (info === undefined) return null;
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <IconInfoCircle size={16} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
      <Text fz="sm">{t(`connections.secrets.${info.secrets}`)}</Text>
    </Group>
  );
}
