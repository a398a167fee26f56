import { Anchor, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ReviewSummary, TableReview } from '#contract/review';
import { formatNumber } from '#renderer/format/numbers.ts';
import { NOTICED } from '#renderer/screens/jobs/state-look.ts';

const COLUMNS = ['new', 'identical', 'changed', 'duplicates', 'rejected', 'missingReferences'] as const;
type ColumnName = (typeof COLUMNS)[number];

interface ReviewCountsProps {
  readonly number: number;
  readonly review: ReviewSummary;
}

/** What the check found, table by table. */
export function ReviewCounts({ number, review: { tables } }: ReviewCountsProps) {
  const { t } = useTranslation();
  if (Object.keys(tables).length === 0) return null;
  return (
    <Table.ScrollContainer minWidth={620} type="native" tabIndex={0}>
      <Table aria-label={t('review.card.tables')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('job.tables.table')}</Table.Th>
            {COLUMNS.map((name) => (
              <Table.Th key={name} className="numeric">
                {t(`review.count.${name}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {Object.entries(tables).map(([table, counts]) => (
            <Table.Tr key={table}>
              <Table.Th scope="row" fw={400}>
                <Anchor component={Link} href={`/jobs/${number}/review?rvTable=${encodeURIComponent(table)}`} fz="sm">
                  {table}
                </Anchor>
              </Table.Th>
              {COLUMNS.map((name) => (
                <Table.Td key={name} className="numeric" {...colorOf(name, counts[name])}>
                  {formatNumber(counts[name])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Zeros stand back; what wants a decision or is left out stands out. */
function colorOf(name: ColumnName, value: TableReview[ColumnName]): { readonly c?: string } {
  if (value === 0) return { c: 'dimmed' };
  return name === 'changed' || name === 'rejected' || name === 'missingReferences' ? { c: NOTICED } : {};
}
