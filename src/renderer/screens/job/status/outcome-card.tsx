import { Group, Paper, Stack, Text, ThemeIcon } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { formatSeconds } from '#renderer/format/numbers.ts';
import { StateBadge } from '#renderer/screens/jobs/state-badge.tsx';
import { stateLook } from '#renderer/screens/jobs/state-look.ts';
import { type OutcomeKind, outcomeOf } from '../model/outcome.ts';
import { runSeconds } from '../model/run-time.ts';
import { Headline } from './headline.tsx';
import { OutcomeSummary } from './outcome-summary.tsx';

interface OutcomeCardProps {
  readonly detail: JobDetail;
  readonly headlineRef: Ref<HTMLHeadingElement>;
  readonly actions: ReactNode;
}

/** How a job ended: what happened, what landed, what did not, and what to do next. */
export function OutcomeCard({ detail, headlineRef, actions }: OutcomeCardProps) {
  const { t } = useTranslation();
  const { job, error } = detail;
  const outcome = outcomeOf(detail);
  const { color, icon: Icon } = stateLook(job.state);
  const seconds = runSeconds(detail, Date.now());
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
            <Headline ref={headlineRef}>
              <OutcomeHeadline kind={outcome.kind} rows={outcome.rows} />
            </Headline>
            <OutcomeSummary outcome={outcome} />
            {outcome.kind === 'open' ? null : <Text maw="70ch">{t(`job.next.${outcome.kind}`)}</Text>}
          </Stack>
        </Group>
        {error === null || job.state === 'undone' || job.state === 'discarded' ? null : (
          <ErrorNote error={error} actions={null} />
        )}
        {actions}
      </Stack>
    </Paper>
  );
}

function OutcomeHeadline({ kind, rows }: { readonly kind: OutcomeKind; readonly rows: number }) {
  const { t } = useTranslation();
  if (kind === 'open') return null;
  return t(`job.headline.${kind}`, { rows: t('common.rows', { count: rows }) });
}
