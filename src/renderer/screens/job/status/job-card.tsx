import { Group, Paper, Stack, Text, ThemeIcon } from '@mantine/core';
import type { PropsWithChildren, ReactNode } from 'react';
import type { JobSummary } from '#contract/api/job-views';
import { formatSeconds } from '#renderer/format/numbers.ts';
import { StateBadge } from '#renderer/screens/jobs/state-badge.tsx';
import { stateLook } from '#renderer/screens/jobs/state-look.ts';

interface JobCardProps extends PropsWithChildren {
  readonly job: JobSummary;
  /** null: still running. */
  readonly seconds: number | null;
  /** Headline and what belongs to it, beside the sign of the job's state. */
  readonly head: ReactNode;
}

/** The state of a job at a glance, and below it what follows. */
export function JobCard({ job, seconds, head, children }: JobCardProps) {
  const { color, icon: Icon } = stateLook(job.state);
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="md">
        <Group gap="md" wrap="nowrap" align="flex-start">
          <ThemeIcon variant="light" color={color} size={44} radius="xl" visibleFrom="xs" aria-hidden>
            <Icon size={26} />
          </ThemeIcon>
          <Stack gap={6} flex={1} miw={0}>
            <Group gap="xs">
              <StateBadge job={job} />
              {seconds === null ? null : (
                <Text c="dimmed" fz="sm" className="tabular">
                  {formatSeconds(seconds)}
                </Text>
              )}
            </Group>
            {head}
          </Stack>
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}
