import { Button, Card, Group, Progress, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '#renderer/format/numbers.ts';
import { StoppedCard } from '../stopped-card.tsx';
import { useWizard } from '../wizard-store.ts';
import type { Preview, PreviewProgress } from './use-preview.ts';

/** How much was looked at, and how it goes on. */
export function PreviewStatus({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation();
  if (preview.isRunning) return <Running preview={preview} />;
  if (preview.isStopped) {
    return <StoppedCard text={t('load.preview.stopped')} again={t('load.preview.run')} onRun={preview.run} />;
  }
  if (preview.report === undefined) return null;
  return <Done preview={preview} />;
}

function Running({ preview: { progress, stop } }: { readonly preview: Preview }) {
  const { t } = useTranslation();
  const phase = t(`load.phase.${progress?.phase ?? 'starting'}`);
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <div>
          <Text fw={500} role="status">
            {phase}
          </Text>
          <Text fz="sm" c="dimmed" className="tabular">
            {progress === null || progress.files.total === 0 ? (
              t('load.preview.justLooking')
            ) : (
              <Counted {...progress} />
            )}
          </Text>
        </div>
        <Button size="compact-sm" variant="default" onClick={stop}>
          {t('load.preview.stop')}
        </Button>
      </Group>
      <Progress value={percentOf(progress)} animated aria-label={t('load.preview.progress')} />
    </Card>
  );
}

function Counted({ files, rows }: PreviewProgress) {
  const { t } = useTranslation();
  return t('load.preview.progressText', {
    done: formatNumber(files.done),
    total: formatNumber(files.total),
    rows: formatNumber(rows),
  });
}

function percentOf(progress: PreviewProgress | null): number {
  if (progress === null || progress.files.total === 0) return 0;
  return (100 * progress.files.done) / progress.files.total;
}

function Done({ preview: { report, files, allFiles, run } }: { readonly preview: Preview }) {
  const { t } = useTranslation();
  const checked = report?.files.found ?? 0;
  const text = allFiles
    ? t('load.preview.all', { count: checked })
    : t('load.preview.some', { count: checked, total: formatNumber(files ?? checked) });
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" gap="sm">
        <div>
          <Text fw={500} role="status">
            {text}
          </Text>
          <Text fz="sm" c="dimmed">
            {t('load.preview.nothingWritten')}
          </Text>
        </div>
        <Group gap="xs">
          {allFiles ? null : (
            <Button size="compact-sm" variant="light" onClick={() => useWizard.setState({ checkAll: true })}>
              {t('load.preview.checkAll')}
            </Button>
          )}
          <Button size="compact-sm" variant="subtle" leftSection={<IconRefresh size={16} aria-hidden />} onClick={run}>
            {t('load.preview.again')}
          </Button>
        </Group>
      </Group>
    </Card>
  );
}
