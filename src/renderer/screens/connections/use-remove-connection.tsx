import { Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SavedConnection } from '#contract/api/connections';
import { host } from '#renderer/host/client.ts';
import { factsOf } from '#renderer/host/failure.ts';

/** Asks, then deletes a saved connection. */
export function useRemoveConnection(saved: SavedConnection, isDefault: boolean, onRemoved: () => void): () => void {
  const { t } = useTranslation();
  const { id, name } = saved;
  const { mutate } = useMutation(
    host.connections.remove.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: t('connections.remove.done', { name }) });
        onRemoved();
      },
      onError: (error) => {
        const { code, message } = factsOf(error);
        notifications.show({ color: 'red', title: t(`errors.title.${code}`), message });
      },
    }),
  );
  return () =>
    modals.openConfirmModal({
      title: t('connections.remove.title', { name }),
      children: (
        <Stack gap="xs">
          <Text>{t('connections.remove.text')}</Text>
          {isDefault ? <Text>{t('connections.remove.wasDefault')}</Text> : null}
        </Stack>
      ),
      labels: { confirm: t('common.delete'), cancel: t('common.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => mutate({ id }),
    });
}
