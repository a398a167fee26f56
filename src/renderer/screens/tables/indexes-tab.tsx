import { Code, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TableDescription } from '#contract/api/catalog';
import { CopyButton } from '#renderer/components/copy-button.tsx';

interface IndexesTabProps {
  readonly description: TableDescription;
}

export function IndexesTab({ description: { indexes } }: IndexesTabProps) {
  const { t } = useTranslation();
  if (indexes.length === 0) return <Text c="dimmed">{t('tables.indexes.none')}</Text>;
  return (
    <Stack gap="lg">
      {indexes.map(({ name, definition }) => (
        <div key={name}>
          <Group justify="space-between" mb={4}>
            <Text fw={600} className="wrap-anywhere">
              {name}
            </Text>
            <CopyButton value={definition} />
          </Group>
          <Code block className="wrap-anywhere" style={{ whiteSpace: 'pre-wrap' }}>
            {definition}
          </Code>
        </div>
      ))}
    </Stack>
  );
}
