import { Alert, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SavedConnection } from '#contract/api/connections';
import type { ConnectionRef } from '#contract/connection';
import { sameConnection } from '#renderer/format/connection-text.ts';
import { host } from '#renderer/host/client.ts';
import { EmbeddedCard } from './embedded-card.tsx';
import { SavedCard } from './saved-card.tsx';

interface ConnectionListProps {
  readonly saved: readonly SavedConnection[];
  readonly onRemoved: () => void;
}

export function ConnectionList({ saved, onRemoved }: ConnectionListProps) {
  const { t } = useTranslation();
  const { data: info } = useQuery(host.app.info.queryOptions());
  const { data: settings } = useQuery(host.settings.get.queryOptions());
  const isDefault = (ref: ConnectionRef) => settings !== undefined && sameConnection(settings.defaultConnection, ref);
  return (
    <Stack>
      {info?.embedded === false ? (
        <Alert color="gray" icon={<IconInfoCircle aria-hidden />}>
          {t('connections.embeddedMissing')}
        </Alert>
      ) : null}
      <Stack component="ul" aria-label={t('connections.list')} m={0} p={0} style={{ listStyle: 'none' }}>
        {info?.embedded === false ? null : <EmbeddedCard isDefault={isDefault({ kind: 'embedded' })} />}
        {saved.map((one) => (
          <SavedCard key={one.id} saved={one} isDefault={isDefault(one.ref)} onRemoved={onRemoved} />
        ))}
      </Stack>
      {saved.length === 0 ? <Text c="dimmed">{t('connections.noServers')}</Text> : null}
    </Stack>
  );
}
