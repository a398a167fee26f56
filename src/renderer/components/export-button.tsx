import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { factsOf } from '#renderer/host/failure.ts';
import type { Exported } from '#renderer/host/save-export.ts';

interface ExportButtonProps {
  readonly label: string;
  /** null: the user thought better of it. */
  readonly save: () => Promise<Exported | null>;
  /** What is said once it is done. */
  readonly told: (exported: Exported) => { readonly title: string; readonly message: string };
  readonly onSaved?: () => void;
}

/** Writes what is shown into a file, and tells of it or why not. */
export function ExportButton({ label, save, told, onSaved }: ExportButtonProps) {
  const { t } = useTranslation();
  const { mutate, isPending } = useMutation({
    mutationFn: save,
    networkMode: 'always',
    onSuccess: (exported) => {
      if (exported === null) return;
      notifications.show({ ...told(exported), color: 'teal' });
      onSaved?.();
    },
    onError: (error) => {
      const { code, message } = factsOf(error);
      notifications.show({ title: t(`errors.title.${code}`), message, color: 'red', autoClose: false });
    },
  });
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={isPending}
      onClick={() => mutate()}
    >
      {label}
    </Button>
  );
}
