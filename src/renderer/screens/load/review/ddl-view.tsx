import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import { scriptOf } from '#renderer/components/tables/script-of.ts';
import { StatementsView } from '#renderer/components/tables/statements-view.tsx';

/** The statements that would create what is missing in the target. */
export function DdlView({ ddl }: { readonly ddl: readonly string[] }) {
  const { t } = useTranslation();
  if (ddl.length === 0) return <Text c="dimmed">{t('load.ddl.none')}</Text>;
  const sql = scriptOf(ddl);
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text fz="sm" c="dimmed">
          {t('load.ddl.hint')}
        </Text>
        <CopyButton value={sql} />
      </Group>
      <StatementsView sql={sql} />
    </Stack>
  );
}
