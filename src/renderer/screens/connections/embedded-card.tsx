import { Text } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ConnectionCard } from './connection-card.tsx';

/** The database that comes with Loadstone; always there. */
export function EmbeddedCard({ isDefault }: { readonly isDefault: boolean }) {
  const { t } = useTranslation();
  return (
    <ConnectionCard
      id="embedded"
      name={t('common.embedded')}
      connection={{ kind: 'embedded' }}
      icon={IconDatabase}
      isDefault={isDefault}
      facts={
        <Text fz="sm" c="dimmed">
          {t('connections.embeddedHint')}
        </Text>
      }
    />
  );
}
