import { Badge, Button, Group, List, Paper, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PreviewReport } from '#contract/api/previews';
import type { Mapping } from '#contract/mapping';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { RejectWords } from '#renderer/components/rejects/reject-words.tsx';
import { formatNumber } from '#renderer/format/numbers.ts';
import { isAbort } from '#renderer/host/failure.ts';
import { trialResult } from './trial-model.ts';
import type { Trial } from './use-trial.ts';

/** So many of those that would stay are told one by one. */
const MOST_TOLD = 5;

interface TrialCardProps {
  readonly trial: Trial;
  readonly mapping: Mapping | null;
}

/** How many rows would be loaded now, how many not, and why. */
export function TrialCard({ trial, mapping }: TrialCardProps) {
  const { report, error, isRunning, isOld, run } = trial;
  if (isRunning) return <Running trial={trial} />;
  if (error !== null && !isAbort(error)) return <ErrorNote error={error} onRetry={run} />;
  if (report === undefined) return null;
  return <Result report={report} mapping={mapping} isOld={isOld} />;
}

function Running({ trial: { progress, stop } }: Pick<TrialCardProps, 'trial'>) {
  const { t } = useTranslation();
  const files = progress?.files ?? { done: 0, total: 0 };
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" mb="xs">
        <Text fz="sm" role="status">
          {t('rejects.trial.running')}
        </Text>
        <Button size="compact-sm" variant="default" onClick={stop}>
          {t('load.preview.stop')}
        </Button>
      </Group>
      <Progress
        animated
        value={files.total === 0 ? 0 : (100 * files.done) / files.total}
        aria-label={t('load.preview.progress')}
      />
    </Paper>
  );
}

interface ResultProps {
  readonly report: PreviewReport;
  readonly mapping: Mapping | null;
  readonly isOld: boolean;
}

function Result({ report, mapping, isOld }: ResultProps) {
  const { t } = useTranslation();
  const { pass, rejected, reasons } = trialResult(report);
  return (
    <Paper withBorder p="md" component="section" aria-label={t('rejects.trial.label')}>
      <Stack gap="xs">
        <Text fw={600} role="status" className="tabular">
          {t('rejects.trial.pass', { count: pass })}{' '}
          {rejected === 0 ? '' : t('rejects.trial.stay', { count: rejected })}
        </Text>
        <Text fz="sm" c="dimmed">
          {t(isOld ? 'rejects.trial.old' : 'load.preview.nothingWritten')}
        </Text>
        {reasons.length === 0 ? null : (
          <Group gap="xs">
            {reasons.map(({ code, count }) => (
              <Badge key={code} variant="light" color="red" className="tabular">
                {t(`rejects.code.${code}`)}: {formatNumber(count)}
              </Badge>
            ))}
          </Group>
        )}
        <FirstLeft report={report} mapping={mapping} />
      </Stack>
    </Paper>
  );
}

/** The first that would stay, and files that cannot be read again. */
function FirstLeft({ report: { rejects, files }, mapping }: Omit<ResultProps, 'isOld'>) {
  const { t } = useTranslation();
  const told = rejects.sample.slice(0, MOST_TOLD);
  return (
    <List spacing={6} fz="sm" listStyleType="none">
      {files.failures.slice(0, MOST_TOLD).map(({ path, code }) => (
        <List.Item key={path}>
          <Text fz="sm" className="wrap-anywhere">
            <b>{path}</b> {t(`errors.title.${code}`)}
          </Text>
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
