import { Group, Text } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Long enough to be read out, short enough not to be clutter. */
const SHOWN_MS = 3_000;

/** "Saved", for a moment. */
export function SavedMark() {
  const { t } = useTranslation();
  const [gone, setGone] = useState(false);
  useTimeout(() => setGone(true), SHOWN_MS, { autoInvoke: true });
  if (gone) return null;
  return (
    <Group gap={4}>
      <IconCheck size={16} aria-hidden />
      <Text fz="sm" c="dimmed">
        {t('settings.saved')}
      </Text>
    </Group>
  );
}
