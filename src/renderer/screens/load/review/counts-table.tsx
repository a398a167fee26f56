import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PreviewReport } from '#contract/api/previews';
import type { TableCounts } from '#contract/load';
import { formatNumber } from '#renderer/format/numbers.ts';

const COUNTS = ['read', 'inserted', 'updated', 'unchanged', 'skipped', 'rejected'] as const;

/** What would become of the rows, table by table. */
export function CountsTable({ report: { tables } }: { readonly report: PreviewReport }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('load.counts.table')}</Table.Th>
            {COUNTS.map((count) => (
              <Table.Th key={count} scope="col" className="numeric">
                {t(`load.counts.${count}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {Object.entries(tables).map(([name, { counts }]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{name}</Table.Th>
              {COUNTS.map((count) => (
                <Count key={count} kind={count} value={counts[count]} />
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Count({ kind, value }: { readonly kind: keyof TableCounts; readonly value: number }) {
  const isBad = kind === 'rejected' && value > 0;
  return (
    <Table.Td className="numeric">
      <Text
        component="span"
        fz="sm"
        {...(value === 0 && { c: 'dimmed' })}
        {...(isBad && { c: 'var(--mantine-color-error)', fw: 600 })}
      >
        {formatNumber(value)}
      </Text>
    </Table.Td>
  );
}
