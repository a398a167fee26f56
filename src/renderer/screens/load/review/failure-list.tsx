import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PreviewReport } from '#contract/api/previews';
import { EvidenceTable } from './evidence-table.tsx';

/** Files of which nothing can be loaded, and where they are damaged. */
export function FailureList({ files: { failed, failures } }: { readonly files: PreviewReport['files'] }) {
  const { t } = useTranslation();
  if (failed === 0) return <Text c="dimmed">{t('load.failures.none')}</Text>;
  return (
    <EvidenceTable
      hint={t('load.failures.hint')}
      headings={[t('load.rejects.place'), t('load.rejects.reason')]}
      minWidth={560}
      shown={failures.length}
      total={failed}
    >
      {failures.map(({ path, line, column, code, message }) => (
        <Table.Tr key={path}>
          <Table.Td className="wrap-anywhere">
            {[path, line, column].filter((part) => part !== undefined).join(':')}
          </Table.Td>
          <Table.Td>
            <Text fz="sm">{t(`errors.title.${code}`)}</Text>
            <Text fz="sm" c="dimmed">
              {message}
            </Text>
          </Table.Td>
        </Table.Tr>
      ))}
    </EvidenceTable>
  );
}
