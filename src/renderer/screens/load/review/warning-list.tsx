import { Badge, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PreviewReport } from '#contract/api/previews';
import { WarningNames } from '#renderer/components/warning-names.tsx';
import { formatNumber } from '#renderer/format/numbers.ts';

interface WarningListProps {
  readonly warnings: PreviewReport['warnings'];
  readonly timeZone: string;
}

/** What was let pass, and what is worth knowing. */
export function WarningList({ warnings, timeZone }: WarningListProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      {warnings.length === 0 ? <Text c="dimmed">{t('load.warnings.none')}</Text> : null}
      <List spacing="xs" listStyleType="none">
        {warnings.map((warning) => (
          <List.Item
            key={warning.code}
            icon={
              <Badge variant="default" className="tabular">
                {formatNumber(warning.count)}
              </Badge>
            }
          >
            {t(`load.warnings.${warning.code}`)}
            <WarningNames {...warning} />
          </List.Item>
        ))}
      </List>
      {timeZone === '' ? null : (
        <Text fz="sm" c="dimmed">
          {t('load.warnings.timeZone', { zone: timeZone })}
        </Text>
      )}
    </Stack>
  );
}
