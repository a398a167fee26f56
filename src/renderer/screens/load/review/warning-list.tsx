import { Badge, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PreviewReport } from '#contract/api/previews';
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
        {warnings.map(({ code, count }) => (
          <List.Item
            key={code}
            icon={
              <Badge variant="default" className="tabular">
                {formatNumber(count)}
              </Badge>
            }
          >
            {t(`load.warnings.${code}`)}
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
