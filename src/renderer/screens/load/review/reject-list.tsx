import { Code, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PreviewReport } from '#contract/api/previews';

/** Rows that could not be loaded, with their places. */
export function RejectList({ rejects: { total, sample } }: { readonly rejects: PreviewReport['rejects'] }) {
  const { t } = useTranslation();
  if (total === 0) return <Text c="dimmed">{t('load.rejects.none')}</Text>;
  return (
    <Stack gap="xs">
      <Text fz="sm">{t('load.rejects.hint')}</Text>
      <Table.ScrollContainer minWidth={640} maxHeight={420}>
        <Table verticalSpacing="xs" fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('load.rejects.place')}</Table.Th>
              <Table.Th scope="col">{t('load.rejects.column')}</Table.Th>
              <Table.Th scope="col">{t('load.rejects.value')}</Table.Th>
              <Table.Th scope="col">{t('load.rejects.reason')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sample.map(({ path, line, table, column, value, code, message }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries of a finished report never move
              <Table.Tr key={at}>
                <Table.Td className="wrap-anywhere">
                  {path}:{line}
                </Table.Td>
                <Table.Td>
                  <Text fz="sm">{column ?? table}</Text>
                  {column === undefined ? null : (
                    <Text fz="xs" c="dimmed">
                      {table}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td className="wrap-anywhere">{value === undefined ? null : <Code>{value}</Code>}</Table.Td>
                <Table.Td>
                  <Text fz="sm">{t(`rejects.code.${code}`)}</Text>
                  <Text fz="xs" c="dimmed">
                    {message}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {total > sample.length ? (
        <Text fz="sm" c="dimmed">
          {t('load.firstOf', { shown: sample.length, count: total })}
        </Text>
      ) : null}
    </Stack>
  );
}
