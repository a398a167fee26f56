import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuditFilter } from '#contract/api/audit';
import { client, host } from '#renderer/host/client.ts';
import { factsOf } from '#renderer/host/failure.ts';
import { queryClient } from '#renderer/host/query-client.ts';
import { type Exported, saveExport } from '#renderer/host/save-export.ts';
import type { AuditSource } from './audit-source.ts';

interface ExportButtonProps {
  readonly source: AuditSource;
  readonly filter: AuditFilter;
}

/** Writes the entries that are shown into a CSV file; that leaves an entry itself. */
export function ExportButton({ source: { connection }, filter }: ExportButtonProps) {
  const { t } = useTranslation();
  const tell = (exported: Exported | null) => {
    if (exported === null) return;
    const { rows, path } = exported;
    const message = path === undefined ? t('audit.download') : t('audit.exportedTo', { path });
    notifications.show({ title: t('audit.exported', { count: rows }), message, color: 'teal' });
    void queryClient.invalidateQueries({ queryKey: host.audit.key() });
  };
  const fail = (error: unknown) => {
    const { code, message } = factsOf(error);
    notifications.show({ title: t(`errors.title.${code}`), message, color: 'red', autoClose: false });
  };
  const { mutate, isPending } = useMutation({
    mutationFn: (name: string) =>
      saveExport(name, (path) =>
        client.audit.export({ filter, ...(connection && { connection }), ...(path !== undefined && { path }) }),
      ),
    networkMode: 'always',
    onSuccess: tell,
    onError: fail,
  });
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={isPending}
      onClick={() => mutate(t('audit.fileName', { date: today() }))}
    >
      {t('audit.export')}
    </Button>
  );
}

/** By the reader's clock, as files sort. */
function today(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
