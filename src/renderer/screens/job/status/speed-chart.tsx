import { Group, Text, useComputedColorScheme } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpeedPoint } from '#contract/api/job-views';
import { formatBytes, formatNumber, formatSeconds } from '#renderer/format/numbers.ts';
import classes from './speed-chart.module.css';
import { useSpeedPlot } from './use-speed-plot.ts';

/** Rows and megabytes per second over the run. Its place is kept before the first point comes. */
export const SpeedChart = memo(function SpeedChart({ history }: { readonly history: readonly SpeedPoint[] }) {
  const { t, i18n } = useTranslation();
  const scheme = useComputedColorScheme();
  const ref = useSpeedPlot(history, `${scheme} ${i18n.language}`);
  const last = history.at(-1);
  const alt =
    last === undefined
      ? t('job.chart.none')
      : t('job.chart.alt', {
          time: formatSeconds(last.at - (history[0]?.at ?? 0)),
          rows: formatNumber(last.rowsPerSecond),
          bytes: formatBytes(last.bytesPerSecond),
          most: formatNumber(history.reduce((most, point) => Math.max(most, point.rowsPerSecond), 0)),
        });
  return (
    <div>
      <Group justify="space-between" fz="sm" aria-hidden>
        <Text fz="sm" className={classes.rows}>
          {t('job.chart.rows')}
        </Text>
        <Text fz="sm" className={classes.bytes}>
          {t('job.chart.bytes')}
        </Text>
      </Group>
      <div className={classes.place} role="img" aria-label={alt}>
        <div ref={ref} className={classes.plot} aria-hidden />
        {last === undefined ? (
          <Text c="dimmed" fz="sm" className={classes.note} aria-hidden>
            {alt}
          </Text>
        ) : null}
      </div>
    </div>
  );
});
