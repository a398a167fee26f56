import type { TFunction } from 'i18next';
import type { JobSummary } from '#contract/api/job-views';

/** A job's state as people say it: a job that creates tables loads nothing. */
export function stateWords({ kind, state }: Pick<JobSummary, 'kind' | 'state'>, t: TFunction): string {
  return kind === 'tables' && state === 'succeeded' ? t('tablesJob.succeeded') : t(`jobs.state.${state}`);
}
