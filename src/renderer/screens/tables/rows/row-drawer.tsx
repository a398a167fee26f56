import { Drawer, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import type { Row } from './row-source.ts';
import classes from './rows.module.css';

interface RowDrawerProps {
  /** null: closed. */
  readonly index: number | null;
  readonly columns: readonly string[];
  readonly row: Row | null;
  readonly onClose: () => void;
}

/** A row from top to bottom, with all that was fetched of its values. */
export function RowDrawer({ index, columns, row, onClose }: RowDrawerProps) {
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
    </Drawer>
  );
}

interface NamedValue {
  readonly column: string;
  readonly value: string | null;
}

/** The host cuts longer values, and puts the mark. */
const MOST_CHARACTERS = 1_000;

function Value({ column, value }: NamedValue) {
  const { t } = useTranslation();
  const isCut = value !== null && value.length > MOST_CHARACTERS && value.endsWith('…');
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
      {isCut ? (
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
