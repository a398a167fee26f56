import { Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LoadReport } from '#contract/load';
import { WarningNames } from '#renderer/components/warning-names.tsx';
import { NOTICED } from '#renderer/screens/jobs/state-look.ts';
import { Section } from './section.tsx';

/** What was loaded otherwise than it stood in the source. */
export const Warnings = memo(function Warnings({ warnings }: Pick<LoadReport, 'warnings'>) {
  const { t } = useTranslation();
  return (
    <Section title={t('job.warnings.title')}>
      <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
        {warnings.map((warning) => (
          <Group component="li" key={warning.code} gap="xs" wrap="nowrap" align="flex-start">
            {warning.code === 'UNMAPPED_COLUMNS' ? (
              <IconInfoCircle size={18} aria-hidden style={{ flexShrink: 0 }} />
            ) : (
              <IconAlertTriangle size={18} aria-hidden color={NOTICED} style={{ flexShrink: 0 }} />
            )}
            <Text fz="sm" component="div">
              {t(`rejects.warning.${warning.code}`, { count: warning.count })}
              <WarningNames {...warning} />
            </Text>
          </Group>
        ))}
      </Stack>
    </Section>
  );
});
