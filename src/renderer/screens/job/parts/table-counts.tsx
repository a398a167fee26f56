import { Table } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import type { TableCounts as Counts, LoadReport } from '#contract/load';
import { formatNumber } from '#renderer/format/numbers.ts';
import { NOTICED } from '#renderer/screens/jobs/state-look.ts';
import { sumCounts } from '../model/outcome.ts';
import { Section } from './section.tsx';
import { TableLink } from './table-link.tsx';

const COUNTS = ['read', 'inserted', 'updated', 'unchanged', 'skipped', 'rejected'] as const;

interface TableCountsProps {
  readonly detail: JobDetail;
  readonly report: LoadReport;
}

/** What became of the rows of each table, as the merge counted them. */
export const TableCounts = memo(function TableCounts({ detail, report }: TableCountsProps) {
  const { t } = useTranslation();
  const names = Object.keys(report.tables);
  if (names.length === 0) return null;
  // Of a load that read no row there is nothing to count.
  if (detail.job.state === 'failed' && Object.values(report.tables).every(({ read }) => read === 0)) return null;
  const { state, dryRun } = detail.job;
  const hint = state === 'failed' ? t('job.tables.failed') : dryRun ? t('job.tables.dryRun') : undefined;
  return (
    <Section title={t('job.tables.title')} {...(hint !== undefined && { hint })}>
      <Table.ScrollContainer minWidth={620} type="native" tabIndex={0}>
        <Table highlightOnHover aria-label={t('job.tables.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('job.tables.table')}</Table.Th>
              {COUNTS.map((count) => (
                <Table.Th key={count} className="numeric">
                  {t(`job.tables.${count}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {Object.entries(report.tables).map(([name, counts]) => (
              <CountsRow key={name} counts={counts} header={<TableLink detail={detail} name={name} />} />
            ))}
          </Table.Tbody>
          {names.length > 1 ? (
            <Table.Tfoot>
              <CountsRow counts={sumCounts(Object.values(report.tables))} header={t('job.tables.total')} strong />
            </Table.Tfoot>
          ) : null}
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
});

interface CountsRowProps {
  readonly counts: Counts;
  readonly header: ReactNode;
  readonly strong?: boolean;
}

function CountsRow({ counts, header, strong = false }: CountsRowProps) {
  return (
    <Table.Tr fw={strong ? 600 : 400}>
      <Table.Th scope="row" fw="inherit">
        {header}
      </Table.Th>
      {COUNTS.map((count) => (
        <Table.Td key={count} className="numeric" {...colorOf(count, counts[count])}>
          {formatNumber(counts[count])}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

/** Zeros stand back; rejects stand out. */
function colorOf(count: (typeof COUNTS)[number], value: number): { readonly c?: string } {
  if (value === 0) return { c: 'dimmed' };
  return count === 'rejected' ? { c: NOTICED } : {};
}
