import { Table, Text } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobProgress } from '#contract/jobs';
import { formatNumber } from '#renderer/format/numbers.ts';
import { Section } from './section.tsx';

/** Rows staged per table, while the load runs. */
export const LiveCounts = memo(function LiveCounts({ tables }: { readonly tables: JobProgress['tables'] }) {
  const { t } = useTranslation();
  const names = Object.keys(tables);
  return (
    <Section title={t('job.tables.title')} hint={t('job.tables.live')}>
      {names.length === 0 ? (
        <Text c="dimmed">{t('job.tables.none')}</Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('job.tables.table')}</Table.Th>
              <Table.Th className="numeric">{t('job.tables.staged')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {names.map((name) => (
              <Table.Tr key={name}>
                <Table.Td className="wrap-anywhere">{name}</Table.Td>
                <Table.Td className="numeric">{formatNumber(tables[name] ?? 0)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
});
