import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { IconServer2, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SavedConnection } from '#contract/api/connections';
import { serverText } from '#renderer/format/connection-text.ts';
import { ConnectionCard } from './connection-card.tsx';
import { useRemoveConnection } from './use-remove-connection.tsx';

interface SavedCardProps {
  readonly saved: SavedConnection;
  readonly isDefault: boolean;
  readonly onRemoved: () => void;
}

/** A server that the user saved. */
export function SavedCard({ saved, isDefault, onRemoved }: SavedCardProps) {
  const { t } = useTranslation();
  const { id, name, ref } = saved;
  const askToRemove = useRemoveConnection(saved, isDefault, onRemoved);
  return (
    <ConnectionCard
      id={id}
      name={name}
      connection={ref}
      icon={IconServer2}
      isDefault={isDefault}
      facts={<Facts saved={saved} />}
      actions={
        <Group gap="xs" ml="auto">
          <Button
            variant="default"
            size="xs"
            component={Link}
            href={`/connections/${id}`}
            aria-label={t('connections.editOf', { name })}
          >
            {t('common.edit')}
          </Button>
          <ActionIcon
            variant="default"
            size={30}
            aria-label={t('connections.deleteOf', { name })}
            onClick={askToRemove}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      }
    />
  );
}

function Facts({ saved: { ref, password } }: { readonly saved: SavedConnection }) {
  const { t } = useTranslation();
  const tls = ref.kind === 'server' ? t(`connections.tlsShort.${ref.ssl}`) : null;
  return (
    <>
      <Text ff="monospace" fz="sm" className="wrap-anywhere">
        {serverText(ref)}
      </Text>
      <Text fz="sm" c="dimmed">
        {[tls, t(`connections.password.${password}`)].join(' · ')}
      </Text>
    </>
  );
}
