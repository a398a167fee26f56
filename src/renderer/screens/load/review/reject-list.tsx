import { Code, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PreviewReport } from '#contract/api/previews';
import { EvidenceTable } from './evidence-table.tsx';

/** Rows that could not be loaded, with their places. */
export function RejectList({ rejects: { total, sample } }: { readonly rejects: PreviewReport['rejects'] }) {
  const { t } = useTranslation();
  if (total === 0) return <Text c="dimmed">{t('load.rejects.none')}</Text>;
  return (
    <EvidenceTable
      hint={t('load.rejects.hint')}
      headings={(['place', 'column', 'value', 'reason'] as const).map((heading) => t(`load.rejects.${heading}`))}
      minWidth={640}
      shown={sample.length}
      total={total}
    >
      {sample.map(({ path, line, table, column, value, code, message }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries of a finished report never move
        <Table.Tr key={at}>
          <Table.Td className="wrap-anywhere">
            {path}:{line}
          </Table.Td>
          <Table.Td>
            <Text fz="sm">{column ?? table}</Text>
            {column === undefined ? null : (
              <Text fz="xs" c="dimmed">
                {table}
              </Text>
            )}
          </Table.Td>
          <Table.Td className="wrap-anywhere">{value === undefined ? null : <Code>{value}</Code>}</Table.Td>
          <Table.Td>
            <Text fz="sm">{t(`rejects.code.${code}`)}</Text>
            <Text fz="xs" c="dimmed">
              {message}
            </Text>
          </Table.Td>
        </Table.Tr>
      ))}
    </EvidenceTable>
  );
}
