import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import type { UndoResult } from '#contract/undo';
import { formatNumber } from '#renderer/format/numbers.ts';
import { TableLink } from '../parts/table-link.tsx';

const COUNTS = ['removed', 'restored', 'conflicts'] as const;

interface UndoCountsProps {
  readonly detail: JobDetail;
  readonly tables: UndoResult['tables'];
  readonly label: string;
}

/** What an undo takes back per table, and what it leaves. */
export function UndoCounts({ detail, tables, label }: UndoCountsProps) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={420} type="native" tabIndex={0}>
      <Table aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('job.tables.table')}</Table.Th>
            {COUNTS.map((count) => (
              <Table.Th key={count} className="numeric">
                {t(`job.undo.${count}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {Object.entries(tables).map(([name, counts]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400}>
                <TableLink detail={detail} name={name} />
              </Table.Th>
              {COUNTS.map((count) => (
                <Table.Td key={count} className="numeric" {...(counts[count] === 0 && { c: 'dimmed' })}>
                  {formatNumber(counts[count])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
