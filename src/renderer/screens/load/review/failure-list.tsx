import { Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PreviewReport } from '#contract/api/previews';

/** Files of which nothing can be loaded, and where they are damaged. */
export function FailureList({ files: { failed, failures } }: { readonly files: PreviewReport['files'] }) {
  const { t } = useTranslation();
  if (failed === 0) return <Text c="dimmed">{t('load.failures.none')}</Text>;
  return (
    <Stack gap="xs">
      <Text fz="sm">{t('load.failures.hint')}</Text>
      <Table.ScrollContainer minWidth={560} maxHeight={420}>
        <Table verticalSpacing="xs" fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('load.rejects.place')}</Table.Th>
              <Table.Th scope="col">{t('load.rejects.reason')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {failures.map(({ path, line, column, code, message }) => (
              <Table.Tr key={path}>
                <Table.Td className="wrap-anywhere">
                  {[path, line, column].filter((part) => part !== undefined).join(':')}
                </Table.Td>
                <Table.Td>
                  <Text fz="sm">{t(`errors.title.${code}`)}</Text>
                  <Text fz="sm" c="dimmed">
                    {message}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {failed > failures.length ? (
        <Text fz="sm" c="dimmed">
          {t('load.firstOf', { shown: failures.length, count: failed })}
        </Text>
      ) : null}
    </Stack>
  );
}
