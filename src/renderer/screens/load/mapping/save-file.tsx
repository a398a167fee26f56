import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Mapping } from '#contract/mapping';
import { factsOf } from '#renderer/host/failure.ts';
import { saveMappingFile } from './save-mapping-file.ts';

/** Hands the mapping out as a file: by the native dialog, or as a download. */
export function SaveFile({ mapping }: { readonly mapping: Mapping }) {
  const { t } = useTranslation();
  const { mutate, isPending } = useMutation({
    mutationFn: saveMappingFile,
    networkMode: 'always',
    onSuccess: (path) => {
      if (path !== null) notifications.show({ message: t('load.mapping.savedTo', { path }), color: 'teal' });
    },
    onError: (error) => {
      const { code, message } = factsOf(error);
      notifications.show({ title: t(`errors.title.${code}`), message, color: 'red', autoClose: false });
    },
  });
  return (
    <Button
      variant="subtle"
      color="gray"
      ml={{ sm: 'auto' }}
      loading={isPending}
      leftSection={<IconDownload size={18} aria-hidden />}
      onClick={() => mutate(mapping)}
    >
      {t(window.loadstone === undefined ? 'load.mapping.download' : 'load.mapping.saveFile')}
    </Button>
  );
}
