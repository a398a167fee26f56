import { Table } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import type { UndoResult } from '#contract/undo';
import { formatNumber } from '#renderer/format/numbers.ts';
import { Section } from './section.tsx';
import { TableLink } from './table-link.tsx';

const COUNTS = ['removed', 'restored', 'conflicts'] as const;

interface UndoCardProps {
  readonly detail: JobDetail;
  readonly result: UndoResult;
}

/** What an undo took back, and what it had to leave. */
export const UndoCard = memo(function UndoCard({ detail, result }: UndoCardProps) {
  const { t } = useTranslation();
  const tables = Object.entries(result.tables);
  const conflicts = tables.reduce((sum, [, counts]) => sum + counts.conflicts, 0);
  const hint = conflicts === 0 ? t('job.undo.clean') : t('job.undo.conflictsHint', { count: conflicts });
  return (
    <Section title={t('job.undo.title')} hint={hint}>
      <Table.ScrollContainer minWidth={420} type="native" tabIndex={0}>
        <Table aria-label={t('job.undo.title')}>
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
            {tables.map(([name, counts]) => (
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
    </Section>
  );
});
