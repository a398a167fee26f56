import { Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PreviewReport } from '#contract/api/previews';

/** Equal keys with other values inside this load. */
export function ConflictList({ conflicts }: { readonly conflicts: PreviewReport['conflicts'] }) {
  const { t } = useTranslation();
  const { insideLoad, sample } = conflicts;
  if (insideLoad === 0) return <Text c="dimmed">{t('load.conflicts.none')}</Text>;
  return (
    <Stack gap="xs">
      <Text fz="sm">{t('load.conflicts.hint')}</Text>
      <Table.ScrollContainer minWidth={640} maxHeight={420}>
        <Table verticalSpacing="xs" fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('load.conflicts.key')}</Table.Th>
              <Table.Th scope="col">{t('load.conflicts.first')}</Table.Th>
              <Table.Th scope="col">{t('load.conflicts.again')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sample.map(({ table, key, path, line, earlierPath, earlierLine }) => (
              <Table.Tr key={JSON.stringify([table, key, path, line])}>
                <Table.Td className="wrap-anywhere">
                  {table} {key}
                </Table.Td>
                <Table.Td className="wrap-anywhere">
                  {earlierPath}:{earlierLine}
                </Table.Td>
                <Table.Td className="wrap-anywhere">
                  {path}:{line}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {insideLoad > sample.length ? (
        <Text fz="sm" c="dimmed">
          {t('load.firstOf', { shown: sample.length, count: insideLoad })}
        </Text>
      ) : null}
    </Stack>
  );
}
