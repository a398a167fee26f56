import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ConnectionRef } from '#contract/connection';
import { host } from '#renderer/host/client.ts';
import { factsOf } from '#renderer/host/failure.ts';
import { queryClient } from '#renderer/host/query-client.ts';

/** Makes a connection the one that loads go to unless another is chosen. */
export function useMakeDefault(name: string) {
  const { t } = useTranslation();
  const { mutate, isPending } = useMutation(
    host.settings.change.mutationOptions({
      onSuccess: (settings) => {
        queryClient.setQueryData(host.settings.get.queryKey(), settings);
        notifications.show({ message: t('connections.madeDefault', { name }) });
      },
      onError: (error) => {
        const { code, message } = factsOf(error);
        notifications.show({ color: 'red', title: t(`errors.title.${code}`), message });
      },
    }),
  );
  return { makeDefault: (defaultConnection: ConnectionRef) => mutate({ defaultConnection }), isPending };
}
