import { Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LoadReport } from '#contract/load';
import { NOTICED } from '#renderer/screens/jobs/state-look.ts';
import { Section } from './section.tsx';

/** What was loaded otherwise than it stood in the source. */
export const Warnings = memo(function Warnings({ warnings }: Pick<LoadReport, 'warnings'>) {
  const { t } = useTranslation();
  return (
    <Section title={t('job.warnings.title')}>
      <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
        {warnings.map(({ code, count }) => (
          <Group component="li" key={code} gap="xs" wrap="nowrap" align="flex-start">
            <IconAlertTriangle size={18} aria-hidden color={NOTICED} />
            <Text fz="sm">{t(`rejects.warning.${code}`, { count })}</Text>
          </Group>
        ))}
      </Stack>
    </Section>
  );
});
