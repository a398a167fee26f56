import { Alert, Anchor, Button, Group, Stack, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Ref, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { JobDetail } from '#contract/api/job-views';
import type { JobProgress, JobState } from '#contract/jobs';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { host } from '#renderer/host/client.ts';
import { announcementOf } from '#renderer/screens/job/model/announcement.ts';
import { isOpen } from '#renderer/screens/job/model/job-states.ts';
import { Announcer } from '#renderer/screens/job/status/announcer.tsx';
import { ProgressLine } from '#renderer/screens/job/status/progress-line.tsx';
import { useHeadlineFocus } from '#renderer/screens/job/status/use-headline-focus.ts';
import { useJobWatch } from '#renderer/screens/job/use-job-watch.ts';
import { useTablesChoices } from './tables-store.ts';

/** The job that was ordered here, followed to its end without leaving the wizard. */
export function OrderedJob({ number }: { readonly number: number }) {
  const { detail, watched, error, retry } = useJobWatch(number);
  useLookAfterEnd(detail?.job.state);
  // The button that was pressed cannot be pressed again meanwhile: the focus comes here.
  const { headline } = useHeadlineFocus(detail?.job.state ?? 'queued');
  if (error !== null && detail === undefined) return <ErrorNote error={error} onRetry={retry} />;
  const progress = watched?.progress ?? null;
  const state = detail?.job.state ?? 'queued';
  return (
    <>
      <Announcer kind="tables" {...announcementOf(state, progress)} />
      {detail === undefined || isOpen(state) ? (
        <Running headline={headline} number={number} state={state} progress={progress} />
      ) : (
        <Ended headline={headline} detail={detail} />
      )}
    </>
  );
}

/** What the job changed is asked for again: the tables, and what a load would do with them. */
function useLookAfterEnd(state: JobState | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    const { job } = useTablesChoices.getState();
    if (state === undefined || isOpen(state) || job === null || job.isOver) return;
    const isDone = state === 'succeeded';
    useTablesChoices.setState({ job: { ...job, isOver: true }, ...(isDone && { edited: null }) });
    void queries.invalidateQueries({ queryKey: host.tables.key() });
    if (isDone) void queries.invalidateQueries({ queryKey: ['preview'] });
  }, [state, queries]);
}

interface RunningProps {
  readonly headline: Ref<HTMLHeadingElement>;
  readonly number: number;
  readonly state: JobState;
  readonly progress: JobProgress | null;
}

/** The first press asks it to stop, the second ends it at once. */
function Running({ headline, number, state, progress }: RunningProps) {
  const { t } = useTranslation();
  const cancel = useMutation(host.jobs.cancel.mutationOptions());
  const isStopping = state === 'cancelling';
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Title order={3} fz="sm" ref={headline} tabIndex={-1}>
          {t(isStopping ? 'tablesJob.cancelling' : 'tablesJob.creating', { number })}
        </Title>
        <Button
          size="compact-sm"
          variant={isStopping ? 'light' : 'default'}
          color={isStopping ? 'red' : 'gray'}
          loading={cancel.isPending}
          onClick={() => cancel.mutate({ number })}
        >
          {t(isStopping ? 'tablesJob.kill' : 'tablesJob.cancel')}
        </Button>
      </Group>
      <ProgressLine phase={progress?.phase ?? 'starting'} progress={progress} />
      {cancel.error === null ? null : <ErrorNote error={cancel.error} actions={null} />}
    </Stack>
  );
}

interface EndedProps {
  readonly headline: Ref<HTMLHeadingElement>;
  readonly detail: JobDetail;
}

function Ended({ headline, detail: { job, error } }: EndedProps) {
  const { t } = useTranslation();
  const { number } = job;
  const words = endOf(job.state);
  return (
    <Stack gap="xs">
      <Alert color={words === 'done' ? 'teal' : 'gray'} role="note" p="xs">
        <Group gap="sm" justify="space-between">
          <Title order={3} fz="sm" fw={500} ref={headline} tabIndex={-1}>
            {t(`tablesJob.${words}`, { number })}
          </Title>
          <Anchor component={Link} href={`/jobs/${number}`} fz="sm">
            {t('tablesJob.open')}
          </Anchor>
        </Group>
      </Alert>
      {error === null ? null : <ErrorNote error={error} actions={null} />}
    </Stack>
  );
}

function endOf(state: JobState): 'done' | 'failed' | 'interrupted' | 'cancelled' {
  switch (state) {
    case 'succeeded':
    case 'failed':
    case 'interrupted':
      return state === 'succeeded' ? 'done' : state;
    default:
      return 'cancelled';
  }
}
