import { Box, Table, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CsvDialectGuess, CsvRecord } from '#contract/inference';
import classes from './records-preview.module.css';

interface RecordsPreviewProps {
  readonly read: CsvDialectGuess;
  readonly isStale: boolean;
}

/** The file's first records as a load reads them; broken ones with their line and raw text. */
export function RecordsPreview({ read: { path, columns, records }, isStale }: RecordsPreviewProps) {
  const { t } = useTranslation();
  return (
    <Box opacity={isStale ? 0.5 : 1} aria-busy={isStale}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.box} tabIndex={0} aria-label={t('load.dialect.firstOf', { path })}>
        <Table stickyHeader verticalSpacing={4} fz="sm" className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('load.dialect.line')}</Table.Th>
              {columns.map(({ name, type, doubt }) => (
                <Table.Th key={name} scope="col" title={doubt?.why}>
                  {name}
                  <Text component="span" fz="xs" c="dimmed" display="block" fw={400}>
                    {type}
                  </Text>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {records.map((record, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: records of one reading never move
              <RecordRow key={at} record={record} columns={columns.length} />
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </Box>
  );
}

function RecordRow({ record, columns }: { readonly record: CsvRecord; readonly columns: number }) {
  const { t } = useTranslation();
  const line = <Table.Td className={classes.line}>{record.line}</Table.Td>;
  if ('raw' in record) {
    return (
      <Table.Tr className={classes.broken}>
        {line}
        <Table.Td colSpan={Math.max(1, columns)}>
          <Text component="span" fz="sm" fw={500} className={classes.why}>
            <IconAlertTriangle size={16} aria-hidden />
            {t('load.dialect.rejected', { why: record.message })}
          </Text>
          <code className={classes.raw}>{record.raw}</code>
        </Table.Td>
      </Table.Tr>
    );
  }
  return (
    <Table.Tr>
      {line}
      {record.values.map((value, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a record's values stand in the columns' order
        <Table.Td key={at} className={value === null ? classes.null : classes.value} title={value ?? undefined}>
          {value ?? 'NULL'}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
