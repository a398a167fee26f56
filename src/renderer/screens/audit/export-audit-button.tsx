import { useTranslation } from 'react-i18next';
import type { AuditFilter } from '#contract/api/audit';
import { ExportButton } from '#renderer/components/export-button.tsx';
import { client, host } from '#renderer/host/client.ts';
import { queryClient } from '#renderer/host/query-client.ts';
import { saveExport } from '#renderer/host/save-export.ts';
import type { AuditSource } from './audit-source.ts';

interface ExportAuditProps {
  readonly source: AuditSource;
  readonly filter: AuditFilter;
}

/** Writes the entries that are shown into a CSV file; that leaves an entry itself. */
export function ExportAudit({ source: { connection }, filter }: ExportAuditProps) {
  const { t } = useTranslation();
  const save = () =>
    saveExport(t('audit.fileName', { date: today() }), (path) =>
      client.audit.export({ filter, ...(connection && { connection }), ...(path !== undefined && { path }) }),
    );
  return (
    <ExportButton
      label={t('audit.export')}
      save={save}
      told={({ rows, path }) => ({
        title: t('audit.exported', { count: rows }),
        message: path === undefined ? t('audit.download') : t('audit.exportedTo', { path }),
      })}
      onSaved={() => void queryClient.invalidateQueries({ queryKey: host.audit.key() })}
    />
  );
}

/** By the reader's clock, as files sort. */
function today(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
