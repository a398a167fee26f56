import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RejectFilter } from '#contract/api/reject-pages';
import { factsOf } from '#renderer/host/failure.ts';
import type { Exported } from '#renderer/host/save-export.ts';
import { exportRejects } from './export-rejects.ts';

interface ExportButtonProps {
  readonly job: number;
  readonly filter: RejectFilter;
}

/** Writes the rejects that are shown into a CSV file. */
export function ExportButton({ job, filter }: ExportButtonProps) {
  const { t } = useTranslation();
  const tell = (exported: Exported | null) => {
    if (exported === null) return;
    const { rows, path } = exported;
    const message = path === undefined ? t('rejects.download') : t('rejects.exportedTo', { path });
    notifications.show({ title: t('rejects.exported', { count: rows }), message, color: 'teal' });
  };
  const fail = (error: unknown) => {
    const { code, message } = factsOf(error);
    notifications.show({ title: t(`errors.title.${code}`), message, color: 'red', autoClose: false });
  };
  const { mutate, isPending } = useMutation({
    mutationFn: exportRejects,
    networkMode: 'always',
    onSuccess: tell,
    onError: fail,
  });
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={isPending}
      onClick={() => mutate({ job, filter, name: t('rejects.fileName', { number: job }) })}
    >
      {t('rejects.export')}
    </Button>
  );
}
