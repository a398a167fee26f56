import { Stack, Table, Text } from '@mantine/core';
import type { PropsWithChildren } from 'react';
import { useTranslation } from 'react-i18next';

interface EvidenceTableProps extends PropsWithChildren {
  readonly hint: string;
  /** The headings of the columns. */
  readonly headings: readonly string[];
  readonly minWidth: number;
  readonly shown: number;
  readonly total: number;
}

/** The first of the findings of a preview, as rows (children), and how many there are in all. */
export function EvidenceTable({ hint, headings, minWidth, shown, total, children }: EvidenceTableProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <Text fz="sm">{hint}</Text>
      <Table.ScrollContainer minWidth={minWidth} maxHeight={420}>
        <Table verticalSpacing="xs" fz="sm">
          <Table.Thead>
            <Table.Tr>
              {headings.map((heading) => (
                <Table.Th key={heading} scope="col">
                  {heading}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>{children}</Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {total > shown ? (
        <Text fz="sm" c="dimmed">
          {t('load.firstOf', { shown, count: total })}
        </Text>
      ) : null}
    </Stack>
  );
}
