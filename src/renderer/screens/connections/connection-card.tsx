import { Badge, Button, Group, Paper, Stack, ThemeIcon, Title, Tooltip } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ConnectionRef } from '#contract/connection';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { host } from '#renderer/host/client.ts';
import { DiagnosisNote } from './diagnosis-note.tsx';
import { useMakeDefault } from './use-make-default.ts';

interface ConnectionCardProps {
  /** Of the saved connection, or `embedded`. */
  readonly id: string;
  readonly name: string;
  readonly connection: ConnectionRef;
  readonly icon: ComponentType<{ readonly size: number; readonly stroke: number }>;
  readonly isDefault: boolean;
  /** What it is. */
  readonly facts: ReactNode;
  /** What else can be done with it. */
  readonly actions?: ReactNode;
}

/** One target: what it is, whether it works, and what can be done with it. */
export function ConnectionCard(props: ConnectionCardProps) {
  const { id, name, connection, icon: Icon, isDefault, facts, actions } = props;
  const { t } = useTranslation();
  const test = useMutation(host.connections.test.mutationOptions());
  return (
    <Paper withBorder p="lg" component="li">
      <Stack gap="md">
        <Group wrap="nowrap" align="flex-start" gap="md">
          <ThemeIcon variant="light" size={40} aria-hidden>
            <Icon size={22} stroke={1.6} />
          </ThemeIcon>
          <Stack gap={4} flex={1} miw={0}>
            <Group gap="xs">
              <Title order={2} fz="md" className="wrap-anywhere">
                {name}
              </Title>
              {isDefault ? <DefaultBadge /> : null}
            </Group>
            {facts}
          </Stack>
        </Group>
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            aria-label={t('connections.testOf', { name })}
            loading={test.isPending}
            onClick={() => test.mutate({ ref: connection })}
          >
            {t('connections.test')}
          </Button>
          <Button
            variant="default"
            size="xs"
            component={Link}
            href={`/tables/${id}`}
            aria-label={t('connections.tablesOf', { name })}
          >
            {t('connections.tables')}
          </Button>
          {isDefault ? null : <MakeDefault name={name} connection={connection} />}
          {actions}
        </Group>
        {test.data === undefined ? null : (
          <DiagnosisNote diagnosis={test.data} {...(connection.kind === 'server' && { server: connection })} />
        )}
        {test.error === null ? null : <ErrorNote error={test.error} actions={null} />}
      </Stack>
    </Paper>
  );
}

function DefaultBadge() {
  const { t } = useTranslation();
  return (
    <Tooltip label={t('connections.isDefaultHint')}>
      <Badge variant="outline">{t('connections.isDefault')}</Badge>
    </Tooltip>
  );
}

function MakeDefault({ name, connection }: { readonly name: string; readonly connection: ConnectionRef }) {
  const { t } = useTranslation();
  const { makeDefault, isPending } = useMakeDefault(name);
  return (
    <Button
      variant="default"
      size="xs"
      aria-label={t('connections.makeDefaultOf', { name })}
      loading={isPending}
      onClick={() => makeDefault(connection)}
    >
      {t('connections.makeDefault')}
    </Button>
  );
}
