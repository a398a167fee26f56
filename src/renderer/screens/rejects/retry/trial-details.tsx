import { Badge, Group, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PreviewReport } from '#contract/api/previews';
import type { Mapping } from '#contract/mapping';
import { RejectWords } from '#renderer/components/rejects/reject-words.tsx';
import { formatNumber } from '#renderer/format/numbers.ts';
import { trialResult } from './trial-model.ts';

/** So many of those that would stay are told one by one. */
const MOST_TOLD = 10;

interface TrialDetailsProps {
  readonly report: PreviewReport;
  readonly mapping: Mapping | null;
}

/** Why rows would be rejected again: how many for which reason, and the first of them. */
export function TrialDetails({ report, mapping }: TrialDetailsProps) {
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {trialResult(report).reasons.map(({ code, count }) => (
          <Reason key={code} code={code} count={count} />
        ))}
      </Group>
      <FirstLeft report={report} mapping={mapping} />
    </Stack>
  );
}

function Reason({ code, count }: ReturnType<typeof trialResult>['reasons'][number]) {
  const { t } = useTranslation();
  return (
    <Badge variant="default" size="lg" fw={400} className="tabular">
      {t(`rejects.code.${code}`)}: {formatNumber(count)}
    </Badge>
  );
}

/** Files that cannot be read again, and the first rows that would stay. */
function FirstLeft({ report: { rejects, files }, mapping }: TrialDetailsProps) {
  const { t } = useTranslation();
  const told = rejects.sample.slice(0, MOST_TOLD);
  return (
    <List spacing={6} fz="sm" listStyleType="none">
      {files.failures.slice(0, MOST_TOLD).map(({ path, code }) => (
        <List.Item key={path}>
          <Text fz="sm" fw={600} className="wrap-anywhere">
            {path}
          </Text>
          <Text fz="sm">{t(`errors.title.${code}`)}</Text>
        </List.Item>
      ))}
      {told.map((entry, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries of a finished report never move
        <List.Item key={at}>
          <Text fz="sm" className="wrap-anywhere" fw={600}>
            {entry.path}:{entry.line} {entry.column ?? entry.table}
          </Text>
          <RejectWords entry={entry} mapping={mapping} />
        </List.Item>
      ))}
      {rejects.total > told.length && told.length > 0 ? (
        <List.Item c="dimmed">{t('load.more', { count: rejects.total - told.length })}</List.Item>
      ) : null}
    </List>
  );
}
