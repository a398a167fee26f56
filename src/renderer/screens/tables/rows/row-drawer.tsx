import { Drawer, Group, Stack, Tabs, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import { isCut, keyOfRow, type Row, type RowSource } from './row-source.ts';
import { RowTrace } from './row-trace.tsx';
import classes from './rows.module.css';

interface RowDrawerProps {
  /** null: closed. */
  readonly index: number | null;
  readonly columns: readonly string[];
  readonly row: Row | null;
  readonly source: RowSource;
  /** The columns of the table's primary key. */
  readonly primaryKey: readonly string[];
  readonly onClose: () => void;
}

/** A row from top to bottom, with all that was fetched of its values, and the loads that wrote it. */
export function RowDrawer({ index, columns, row, source, primaryKey, onClose }: RowDrawerProps) {
  const { t } = useTranslation();
  const values = columns.map((column, at) => ({ column, value: row?.[at] ?? null }));
  return (
    <Drawer
      opened={index !== null && row !== null}
      onClose={onClose}
      position="right"
      title={t('tables.rows.title', { number: (index ?? 0) + 1 })}
      styles={{ title: { fontWeight: 600 } }}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Tabs defaultValue="values" keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="values">{t('undo.trace.values')}</Tabs.Tab>
          <Tabs.Tab value="trace">{t('undo.trace.tab')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="values">
          <Values values={values} />
        </Tabs.Panel>
        <Tabs.Panel value="trace">
          {row === null ? null : <RowTrace source={source} rowKey={keyOfRow(columns, row, primaryKey)} />}
        </Tabs.Panel>
      </Tabs>
    </Drawer>
  );
}

function Values({ values }: { readonly values: readonly NamedValue[] }) {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <Group>
        <CopyButton value={asText(values)} label={t('tables.rows.copyRow')} />
      </Group>
      <Stack component="dl" gap="md" m={0}>
        {values.map(({ column, value }) => (
          <Value key={column} column={column} value={value} />
        ))}
      </Stack>
    </Stack>
  );
}

interface NamedValue {
  readonly column: string;
  readonly value: string | null;
}

function Value({ column, value }: NamedValue) {
  const { t } = useTranslation();
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" align="flex-start" mb={2}>
        <Text component="dt" fz="sm" c="dimmed" className="wrap-anywhere">
          {column}
        </Text>
        {value === null || value === '' ? null : (
          <CopyButton compact value={value} label={t('tables.rows.copyValue', { column })} />
        )}
      </Group>
      <Text component="dd" m={0} className={classes.value ?? ''}>
        {value || (
          <Text span fs="italic" fz="sm" c="dimmed">
            {t(value === null ? 'tables.rows.null' : 'tables.rows.emptyText')}
          </Text>
        )}
      </Text>
      {isCut(value) ? (
        <Text fz="xs" c="dimmed" mt={4}>
          {t('tables.rows.cutValue')}
        </Text>
      ) : null}
    </div>
  );
}

/** A name and a value to a line, parted as spreadsheets take them. */
function asText(values: readonly NamedValue[]): string {
  return values.map(({ column, value }) => `${column}\t${value ?? ''}`).join('\n');
}
