import { Code, Group, Table, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TableDescription } from '#contract/api/catalog';

interface ColumnsTabProps {
  readonly description: TableDescription;
}

export function ColumnsTab({ description: { columns, key } }: ColumnsTabProps) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={700} type="native" tabIndex={0}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('tables.columns.name')}</Table.Th>
            <Table.Th>{t('tables.columns.type')}</Table.Th>
            <Table.Th>{t('tables.columns.nullable')}</Table.Th>
            <Table.Th>{t('tables.columns.default')}</Table.Th>
            <Table.Th>{t('tables.columns.comment')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map((column) => (
            <Table.Tr key={column.name}>
              <Table.Th scope="row" fw={500}>
                <Group gap={6}>
                  <span className="wrap-anywhere">{column.name}</span>
                  {key.includes(column.name) ? <KeyMark /> : null}
                </Group>
              </Table.Th>
              <Table.Td>
                <Code>{column.type}</Code>
              </Table.Td>
              <Table.Td>{t(column.nullable ? 'common.yes' : 'common.no')}</Table.Td>
              <Table.Td>{column.default === null ? null : <Code>{column.default}</Code>}</Table.Td>
              <Table.Td>{column.comment}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function KeyMark() {
  const { t } = useTranslation();
  return (
    <Group gap={2} wrap="nowrap">
      <IconKey size={14} aria-hidden />
      <Text span fz="xs" c="dimmed">
        {t('tables.columns.key')}
      </Text>
    </Group>
  );
}
