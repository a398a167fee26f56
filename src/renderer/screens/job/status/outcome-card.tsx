import { Text } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobDetail, JobSummary } from '#contract/api/job-views';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { type OutcomeKind, outcomeOf } from '../model/outcome.ts';
import { runSeconds } from '../model/run-time.ts';
import { Headline } from './headline.tsx';
import { JobCard } from './job-card.tsx';
import { OutcomeSummary } from './outcome-summary.tsx';

interface OutcomeCardProps {
  readonly detail: JobDetail;
  readonly headlineRef: Ref<HTMLHeadingElement>;
  readonly actions: ReactNode;
}

/** How a job ended: what happened, what landed, what did not, and what to do next. */
export function OutcomeCard({ detail, headlineRef, actions }: OutcomeCardProps) {
  const { job, error } = detail;
  const outcome = outcomeOf(detail);
  return (
    <JobCard
      job={job}
      seconds={runSeconds(detail, Date.now())}
      head={
        <>
          <Headline ref={headlineRef}>
            <OutcomeHeadline kind={outcome.kind} rows={outcome.rows} />
          </Headline>
          <OutcomeSummary outcome={outcome} />
          <Next job={job} kind={outcome.kind} />
        </>
      }
    >
      {error === null || job.state === 'undone' || job.state === 'discarded' ? null : (
        <ErrorNote error={error} actions={null} />
      )}
      {actions}
    </JobCard>
  );
}

function OutcomeHeadline({ kind, rows }: { readonly kind: OutcomeKind; readonly rows: number }) {
  const { t } = useTranslation();
  if (kind === 'open') return null;
  return t(`job.headline.${kind}`, { rows: t('common.rows', { count: rows }) });
}

function Next({ job, kind }: { readonly job: JobSummary; readonly kind: OutcomeKind }) {
  const { t } = useTranslation();
  if (kind === 'open') return null;
  const root = job.retryOf?.job;
  const isLeft = kind === 'loadedWithRejects' || kind === 'nothingNewWithRejects';
  return (
    <Text maw="70ch">
      {root !== undefined && isLeft ? t('job.next.retryLeft', { number: root }) : t(`job.next.${kind}`)}
    </Text>
  );
}
