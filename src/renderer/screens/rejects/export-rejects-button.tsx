import { useTranslation } from 'react-i18next';
import type { RejectFilter } from '#contract/api/reject-pages';
import { ExportButton } from '#renderer/components/export-button.tsx';
import { exportRejects } from './export-rejects.ts';

interface ExportRejectsProps {
  readonly job: number;
  readonly filter: RejectFilter;
}

/** Writes the rejects that are shown into a CSV file. */
export function ExportRejects({ job, filter }: ExportRejectsProps) {
  const { t } = useTranslation();
  return (
    <ExportButton
      label={t('rejects.export')}
      save={() => exportRejects({ job, filter, name: t('rejects.fileName', { number: job }) })}
      told={({ rows, path }) => ({
        title: t('rejects.exported', { count: rows }),
        message: path === undefined ? t('rejects.download') : t('rejects.exportedTo', { path }),
      })}
    />
  );
}
