import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PreviewReport } from '#contract/api/previews';
import type { Mapping } from '#contract/mapping';
import type { RejectEntry } from '#contract/rejects';
import { RejectValue } from '#renderer/components/rejects/reject-value.tsx';
import { RejectWords } from '#renderer/components/rejects/reject-words.tsx';
import { useMapping } from '../mapping/use-mapping.ts';
import { EvidenceTable } from './evidence-table.tsx';

/** Rows that could not be loaded, with their places. */
export function RejectList({ rejects: { total, sample } }: { readonly rejects: PreviewReport['rejects'] }) {
  const { t } = useTranslation();
  const edited = useMapping();
  if (total === 0) return <Text c="dimmed">{t('load.rejects.none')}</Text>;
  return (
    <EvidenceTable
      hint={t('load.rejects.hint')}
      headings={(['place', 'column', 'value', 'reason'] as const).map((heading) => t(`load.rejects.${heading}`))}
      minWidth={640}
      shown={sample.length}
      total={total}
    >
      {sample.map((entry, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries of a finished report never move
        <RejectLine key={at} entry={entry} mapping={edited?.mapping ?? null} />
      ))}
    </EvidenceTable>
  );
}

function RejectLine({ entry, mapping }: { readonly entry: RejectEntry; readonly mapping: Mapping | null }) {
  const { t } = useTranslation();
  const { path, line, table, column, code } = entry;
  return (
    <Table.Tr>
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
      <Table.Td className="wrap-anywhere">
        <RejectValue value={entry.value} />
      </Table.Td>
      <Table.Td>
        <Text fz="sm">{t(`rejects.code.${code}`)}</Text>
        <RejectWords entry={entry} mapping={mapping} c="dimmed" />
      </Table.Td>
    </Table.Tr>
  );
}
