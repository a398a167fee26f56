import { Button } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { host } from '#renderer/host/client.ts';
import { factsOf } from '#renderer/host/failure.ts';
import { say } from '../pick/say.ts';
import { useWizard } from '../wizard-store.ts';

/** Forgets a kept mapping, after a question; what is chosen stays as it is. */
export function RemoveMapping() {
  const { t } = useTranslation();
  const chosen = useWizard((wizard) => wizard.chosen);
  const cache = useQueryClient();
  const remove = useMutation(
    host.mappings.remove.mutationOptions({
      onSuccess: () => {
        const { chosen: now } = useWizard.getState();
        if (now?.kind === 'saved') useWizard.setState({ chosen: { ...now, kind: 'file' } });
        return cache.invalidateQueries({ queryKey: host.mappings.list.key() });
      },
      onError: (error) => say(factsOf(error).message),
    }),
  );
  if (chosen?.kind !== 'saved') return null;
  const ask = () =>
    modals.openConfirmModal({
      title: t('load.keep.removeTitle', { name: chosen.label }),
      children: t('load.keep.removeText'),
      labels: { confirm: t('load.keep.remove'), cancel: t('common.cancel') },
      closeButtonProps: { 'aria-label': t('common.close') },
      centered: true,
      onConfirm: () => remove.mutate({ name: chosen.label }),
    });
  return (
    <Button
      variant="subtle"
      color="gray"
      loading={remove.isPending}
      leftSection={<IconTrash size={18} aria-hidden />}
      onClick={ask}
    >
      {t('load.keep.remove')}
    </Button>
  );
}
