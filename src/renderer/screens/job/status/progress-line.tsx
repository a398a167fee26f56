import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JobProgress } from '#contract/jobs';
import { formatBytes, formatNumber } from '#renderer/format/numbers.ts';
import { TransferBar } from './transfer-bar.tsx';

interface ProgressLineProps {
  readonly phase: JobProgress['phase'];
  readonly progress: JobProgress | null;
}

/** The bar, and below it what it counts. Not every part knows its end. */
export function ProgressLine({ phase, progress }: ProgressLineProps) {
  const { t } = useTranslation();
  if (phase === 'stage' && progress !== null && progress.bytes.total > 0) return <Staging progress={progress} />;
  return (
    <Stack gap={6}>
      <TransferBar
        label={t('job.busyLabel')}
        fraction={phase === 'create' || phase === 'merge' ? shareDone(progress) : null}
      />
      <Text fz="sm" mih="1.55em" className="tabular wrap-anywhere">
        <PhaseHint phase={phase} progress={progress} />
      </Text>
    </Stack>
  );
}

function Staging({ progress: { bytes, files } }: { readonly progress: JobProgress }) {
  const { t } = useTranslation();
  const fraction = Math.min(1, bytes.done / bytes.total);
  const text = t('job.bytesOf', { done: formatBytes(bytes.done), total: formatBytes(bytes.total) });
  return (
    <Stack gap={6}>
      <TransferBar label={t('job.progressLabel')} fraction={fraction} text={text} />
      <Group justify="space-between" gap="xs" fz="sm" mih="1.55em" className="tabular">
        <Text fz="sm" fw={600}>
          {formatNumber(Math.floor(fraction * 100))} %
        </Text>
        <Text fz="sm">{text}</Text>
        <Text fz="sm">{t('job.filesOf', files)}</Text>
      </Group>
    </Stack>
  );
}

function PhaseHint({ phase, progress }: ProgressLineProps) {
  const { t } = useTranslation();
  const table = progress?.table;
  switch (phase) {
    case 'check':
      return table === undefined ? t('job.phaseHint.check') : t('job.phaseHint.checkTable', { table });
    case 'merge':
      return <MergeHint progress={progress} />;
    case 'scan':
      return t('job.phaseHint.scan', { count: progress?.files.total ?? 0 });
    case 'stage':
      return t('job.filesOf', progress?.files ?? { done: 0, total: 0 });
    case 'create':
      return <StatementsHint progress={progress} />;
    case 'queued':
    case 'starting':
      return t(`job.phaseHint.${phase}`);
    default:
      return phase satisfies never;
  }
}

/** How far a merge or the creation of tables is, 0 to 1; null while that cannot be told. */
export function shareDone(progress: JobProgress | null): number | null {
  const { statements, merge } = progress ?? {};
  const { done = 0, total = 0 } = statements ?? (merge?.part === 'keys' ? {} : (merge ?? {}));
  return total === 0 ? null : done / total;
}

function MergeHint({ progress }: Pick<ProgressLineProps, 'progress'>) {
  const { t } = useTranslation();
  const { table, merge } = progress ?? {};
  if (merge?.part === 'keys') return t('job.phaseHint.mergeKeys');
  if (merge === undefined || merge.total === 0) {
    return table === undefined ? t('job.phaseHint.merge') : t('job.phaseHint.mergeTable', { table });
  }
  const { done, total } = merge;
  return table === undefined
    ? t('job.phaseHint.mergeCount', { done, total })
    : t(`job.phaseHint.mergePart.${merge.part}`, { done, total, table });
}

function StatementsHint({ progress }: Pick<ProgressLineProps, 'progress'>) {
  const { t } = useTranslation();
  if (progress?.statements === undefined) return t('job.phaseHint.create');
  const { table, statements } = progress;
  return table === undefined
    ? t('job.phaseHint.createCount', statements)
    : t('job.phaseHint.createTable', { ...statements, table });
}
