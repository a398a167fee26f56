import { Anchor, Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { JobSummary } from '#contract/api/job-views';
import { serverText } from '#renderer/format/connection-text.ts';
import { formatNumber, formatSeconds } from '#renderer/format/numbers.ts';
import { formatMoment } from '#renderer/format/times.ts';
import { useNow } from '#renderer/screens/job/status/use-now.ts';
import classes from './jobs.module.css';
import { ResumeHere } from './resume-here.tsx';
import { ReviewHere } from './review-here.tsx';
import { RunningBar } from './running-bar.tsx';
import { StateBadge } from './state-badge.tsx';

interface CellProps {
  readonly job: JobSummary;
}

const WAITS = ['interrupted', 'cancelled'];
const RUNS = ['queued', 'running', 'cancelling'];

/** State, and what can be done about it right here. */
export function StateCell({ job }: CellProps) {
  const runs = RUNS.includes(job.state);
  const isReviewed = job.actions.includes('review');
  // What waited for review may be gone: then it has to be read again.
  const isStopped = WAITS.includes(job.state) || (job.state === 'waiting_for_review' && !isReviewed);
  const waits = isStopped && job.actions.includes('resume');
  return (
    <Stack gap={6}>
      <StateBadge job={job} />
      {runs && job.runsHere ? <RunningBar number={job.number} /> : null}
      {waits ? <ResumeHere job={job} /> : null}
      {isReviewed ? <ReviewHere job={job} /> : null}
    </Stack>
  );
}

/** The job's number and mapping, and where its files come from. */
export function WhatCell({ job }: CellProps) {
  const { t } = useTranslation();
  const [first = '', ...others] = job.paths;
  return (
    <div className={classes.what}>
      <Anchor component={Link} href={`/jobs/${job.number}`} data-job fz="sm" fw={600}>
        #{job.number} {job.mapping}
      </Anchor>
      <Text fz="sm" c="dimmed" className="wrap-anywhere" lineClamp={2}>
        {job.retryOf === undefined ? null : <>{t('jobs.retryOf', { number: job.retryOf.job ?? '?' })} · </>}
        {job.kind === 'tables' ? t('tablesJob.kindName') : first}{' '}
        {others.length > 0 ? t('jobs.more', { count: others.length }) : null}
      </Text>
      <Text fz="sm" c="dimmed" hiddenFrom="sm" className="tabular">
        {[formatMoment(job.startedAt ?? job.createdAt), ...landed(job, t)].join(' · ')}
      </Text>
    </div>
  );
}

/** What narrow windows have no columns for. */
function landed(job: JobSummary, t: TFunction): readonly string[] {
  const { rejects } = job;
  const rows = rowsLanded(job);
  return [
    ...(rows === null ? [] : [t('common.rows', { count: rows })]),
    ...(rejects === null || rejects === 0 ? [] : [`${t('jobs.column.rejects')}: ${formatNumber(rejects)}`]),
  ];
}

/** Of a load that waits nothing is counted yet. */
export function rowsLanded({ rows, state }: JobSummary): number | null {
  return state === 'waiting_for_review' ? null : rows;
}

export function TargetCell({ job }: CellProps) {
  const { t } = useTranslation();
  return (
    <Text fz="sm" className="wrap-anywhere">
      {serverText(job.connection) ?? t('common.embedded')}
    </Text>
  );
}

export function StartedCell({ job }: CellProps) {
  return (
    <Text fz="sm" className="tabular" style={{ whiteSpace: 'nowrap' }}>
      {formatMoment(job.startedAt ?? job.createdAt)}
    </Text>
  );
}

export function DurationCell({ job: { startedAt, endedAt, state } }: CellProps) {
  if (startedAt === null) return <Dash />;
  const since = Date.parse(startedAt);
  if (endedAt !== null) return <Duration seconds={(Date.parse(endedAt) - since) / 1000} />;
  return RUNS.includes(state) ? <Growing since={since} /> : <Dash />;
}

function Growing({ since }: { readonly since: number }) {
  return <Duration seconds={Math.floor(Math.max(0, useNow() - since) / 1000)} />;
}

function Duration({ seconds }: { readonly seconds: number }) {
  return (
    <Text fz="sm" className="tabular" style={{ whiteSpace: 'nowrap' }}>
      {formatSeconds(Math.max(0, seconds))}
    </Text>
  );
}

export function NumberCell({ value }: { readonly value: number | null }) {
  if (value === null) return <Dash />;
  return (
    <Text fz="sm" {...(value === 0 && { c: 'dimmed' })}>
      {formatNumber(value)}
    </Text>
  );
}

/** Rejected rows, and files that were refused whole. */
export function RejectsCell({ job: { number, rejects, failedFiles } }: CellProps) {
  const { t } = useTranslation();
  return (
    <Stack gap={0} align="flex-end">
      {rejects !== null && rejects > 0 ? (
        <Anchor component={Link} href={`/jobs/${number}/rejects`} fz="sm">
          {formatNumber(rejects)}
        </Anchor>
      ) : (
        <NumberCell value={rejects} />
      )}
      {failedFiles !== null && failedFiles > 0 ? (
        <Text fz="xs" c="dimmed">
          {t('jobs.failedFiles', { count: failedFiles })}
        </Text>
      ) : null}
    </Stack>
  );
}

function Dash() {
  return (
    <Text fz="sm" c="dimmed" aria-hidden>
      –
    </Text>
  );
}
