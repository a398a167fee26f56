import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import type { JobProgress } from '#contract/jobs';
import { formatBytes, formatNumber, formatSeconds } from '#renderer/format/numbers.ts';
import { type Pace, secondsLeft } from '../model/estimate.ts';
import { runSeconds } from '../model/run-time.ts';
import { StatTile } from './stat-tile.tsx';
import { useNow } from './use-now.ts';

interface RunningStatsProps {
  readonly detail: JobDetail;
  readonly progress: JobProgress | null;
  readonly pace: Pace | null;
}

/** The numbers of a running job. */
export function RunningStats({ detail, progress, pace }: RunningStatsProps) {
  const { t } = useTranslation();
  const elapsed = runSeconds(detail, useNow());
  const time = <StatTile label={t('job.stat.elapsed')} value={formatSeconds(Math.floor(elapsed ?? 0))} />;
  if (progress === null) return <dl style={{ margin: 0 }}>{time}</dl>;
  // Nothing is read any more once the rows are compared; of a load that waited, nothing was.
  const isRead = progress.phase === 'check' || progress.phase === 'merge';
  const crew = (
    <>
      <StatTile label={t('job.stat.workers')} value={formatNumber(progress.workers)} />
      <StatTile label={t('job.stat.leases')} value={formatNumber(progress.leases)} />
    </>
  );
  if (isRead && progress.rows === 0) {
    return (
      <SimpleGrid component="dl" m={0} cols={{ base: 2, xs: 3, md: 5 }} spacing="md" verticalSpacing="sm">
        {time}
        {crew}
      </SimpleGrid>
    );
  }
  const left = secondsLeft(pace, progress);
  const speed = t('job.perSecond', { amount: formatBytes(progress.bytesPerSecond) });
  return (
    <SimpleGrid component="dl" m={0} cols={{ base: 2, xs: 3, md: 5 }} spacing="md" verticalSpacing="sm">
      <StatTile label={t('job.stat.rows')} value={formatNumber(progress.rows)} />
      <StatTile label={t('job.stat.rowsPerSecond')} value={formatNumber(progress.rowsPerSecond)} />
      <StatTile label={t('job.stat.bytesPerSecond')} value={speed} />
      <StatTile
        label={t('job.stat.left')}
        value={left === null ? t(isRead ? 'job.stat.leftNone' : 'job.stat.leftUnknown') : formatSeconds(left)}
        faint={left === null}
      />
      {time}
      <StatTile label={t('job.stat.rejected')} value={formatNumber(progress.rejected)} alert={progress.rejected > 0} />
      <StatTile
        label={t('job.stat.failedFiles')}
        value={formatNumber(progress.files.failed)}
        alert={progress.files.failed > 0}
      />
      {crew}
    </SimpleGrid>
  );
}
