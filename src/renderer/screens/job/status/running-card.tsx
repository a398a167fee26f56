import { Group, Paper, Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobDetail, SpeedPoint } from '#contract/api/job-views';
import type { JobProgress } from '#contract/jobs';
import { StateBadge } from '#renderer/screens/jobs/state-badge.tsx';
import type { Pace } from '../model/estimate.ts';
import { Headline } from './headline.tsx';
import { PhaseSteps } from './phase-steps.tsx';
import { ProgressLine } from './progress-line.tsx';
import { RunningStats } from './running-stats.tsx';
import { SpeedChart } from './speed-chart.tsx';

interface RunningCardProps {
  readonly detail: JobDetail;
  readonly progress: JobProgress | null;
  readonly pace: Pace | null;
  readonly history: readonly SpeedPoint[];
  readonly headlineRef: Ref<HTMLHeadingElement>;
  readonly actions: ReactNode;
}

/** How a job gets on. */
export function RunningCard({ detail, progress, pace, history, headlineRef, actions }: RunningCardProps) {
  const { t } = useTranslation();
  const { job } = detail;
  const phase = progress?.phase ?? (job.state === 'queued' ? 'queued' : 'starting');
  const known = progress !== null || job.runsHere;
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="lg">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={6}>
            <StateBadge job={job} />
            <Headline ref={headlineRef}>
              {job.state === 'running' && known ? t(`job.headline.running.${phase}`) : openHeadline(job.state, t)}
            </Headline>
            <Text c="dimmed" fz="sm">
              {t(known ? 'job.mayClose' : 'job.elsewhere')}
            </Text>
          </Stack>
          {actions}
        </Group>
        {known ? (
          <>
            <PhaseSteps phase={phase} />
            <ProgressLine phase={phase} progress={progress} />
          </>
        ) : null}
        <RunningStats detail={detail} progress={progress} pace={pace} />
        {known ? <SpeedChart history={history} /> : null}
      </Stack>
    </Paper>
  );
}

function openHeadline(state: JobDetail['job']['state'], t: TFunction): string {
  if (state === 'queued') return t('job.headline.queued');
  if (state === 'cancelling') return t('job.headline.cancelling');
  return t(`jobs.state.${state}`);
}
