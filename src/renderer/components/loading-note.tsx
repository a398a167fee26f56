import { Center, Loader, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface LoadingNoteProps {
  /** What is being waited for. */
  readonly label?: string;
}

export function LoadingNote({ label }: LoadingNoteProps) {
  const { t } = useTranslation();
  return (
    <Center mih={200} role="status">
      <Stack align="center" gap="xs">
        <Loader aria-hidden />
        <Text c="dimmed">{label ?? t('common.loading')}</Text>
      </Stack>
    </Center>
  );
}
