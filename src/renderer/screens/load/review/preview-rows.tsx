import { ScrollArea, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreviewReport } from '#contract/api/previews';
import classes from './preview-rows.module.css';

interface PreviewRowsProps {
  readonly report: PreviewReport;
  /** The one shown until another is asked for; left out: the first. */
  readonly table?: string | undefined;
}

/** The first rows of each table, as they would stand in the target. */
export function PreviewRows({ report: { tables }, table: first }: PreviewRowsProps) {
  const { t } = useTranslation();
  const names = Object.keys(tables);
  const [wanted, setWanted] = useState<string | null>(null);
  const name = [wanted, first, ...names].find((one) => names.includes(one ?? '')) ?? '';
  const table = tables[name];
  if (table === undefined) return <Text c="dimmed">{t('load.preview.noRows')}</Text>;
  return (
    <Stack gap="sm">
      <ScrollArea type="auto" offsetScrollbars="x">
        <SegmentedControl
          size="xs"
          data={names}
          value={name}
          onChange={setWanted}
          aria-label={t('load.preview.tableOfRows')}
        />
      </ScrollArea>
      {table.rows.length === 0 ? (
        <Text c="dimmed">{t('load.preview.noRows')}</Text>
      ) : (
        <RowGrid label={t('load.preview.rowsOf', { table: name })} columns={table.columns} rows={table.rows} />
      )}
    </Stack>
  );
}

interface RowGridProps {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

function RowGrid({ label, columns, rows }: RowGridProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.box} tabIndex={0} aria-label={label}>
      <Table stickyHeader className={classes.table} verticalSpacing={4} fz="sm">
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column} scope="col">
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a finished report never move
            <Table.Tr key={at}>
              {columns.map((column, cell) => (
                <Value key={column} value={row[cell] ?? null} />
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Value({ value }: { readonly value: string | null }) {
  if (value === null) return <Table.Td className={classes.null}>NULL</Table.Td>;
  return (
    <Table.Td className={classes.value} title={value}>
      {value}
    </Table.Td>
  );
}
