import { Text } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import type { JobProgress, JobState } from '#contract/jobs';
import type { TablesReport } from '#contract/tables-plan';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { isOpen } from '../model/job-states.ts';
import { runSeconds } from '../model/run-time.ts';
import { Headline } from '../status/headline.tsx';
import { JobCard } from '../status/job-card.tsx';
import { ProgressLine } from '../status/progress-line.tsx';

interface TablesCardProps {
  readonly detail: JobDetail;
  readonly tables: NonNullable<JobDetail['tables']>;
  readonly progress: JobProgress | null;
  readonly headlineRef: Ref<HTMLHeadingElement>;
  readonly actions: ReactNode;
}

/** How a job that creates tables stands. */
export function TablesCard({ detail, tables, progress, headlineRef, actions }: TablesCardProps) {
  const { t } = useTranslation();
  const { job, error } = detail;
  const words = wordsFor(job.state);
  const seconds = isOpen(job.state) ? null : runSeconds(detail, Date.now());
  return (
    <JobCard
      job={job}
      seconds={seconds}
      head={
        <>
          <Headline ref={headlineRef}>{t(`tablesJob.job.headline.${words}`)}</Headline>
          {tables.report === null ? null : <Made report={tables.report} />}
          <Next words={words} known={progress !== null || job.runsHere} />
        </>
      }
    >
      {isOpen(job.state) && progress !== null ? <ProgressLine phase={progress.phase} progress={progress} /> : null}
      {error === null || job.state === 'discarded' ? null : <ErrorNote error={error} actions={null} />}
      {actions}
    </JobCard>
  );
}

type Words = 'queued' | 'running' | 'cancelling' | 'done' | 'failed' | 'cancelled' | 'interrupted' | 'discarded';

function wordsFor(state: JobState): Words {
  switch (state) {
    case 'queued':
    case 'running':
    case 'cancelling':
    case 'failed':
    case 'cancelled':
    case 'interrupted':
    case 'discarded':
      return state;
    // What else a load's state may be, a job that creates tables never comes to.
    case 'succeeded':
    case 'succeeded_with_rejects':
    case 'waiting_for_review':
    case 'undone':
      return 'done';
    default:
      return state satisfies never;
  }
}

function Next({ words, known }: { readonly words: Words; readonly known: boolean }) {
  const { t } = useTranslation();
  if (words === 'queued' || words === 'running' || words === 'cancelling') {
    return (
      <Text c="dimmed" fz="sm">
        {t(known ? 'job.mayClose' : 'job.elsewhere')}
      </Text>
    );
  }
  return <Text maw="70ch">{t(`tablesJob.job.next.${words}`)}</Text>;
}

function Made({ report: { created, existing } }: { readonly report: TablesReport }) {
  const { t } = useTranslation();
  const sentence = (what: 'created' | 'existing', names: readonly string[]) =>
    names.length === 0 ? [] : [t(`tablesJob.job.${what}`, { count: names.length, names: names.join(', ') })];
  return (
    <Text maw="70ch" className="wrap-anywhere">
      {[...sentence('created', created), ...sentence('existing', existing)].join(' ')}
    </Text>
  );
}
