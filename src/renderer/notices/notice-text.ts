import type { TFunction } from 'i18next';
import type { JobSummary } from '#contract/api/job-views';

export interface NoticeText {
  readonly title: string;
  readonly text: string;
}

/** What is said of a job that has come to an end; null: nothing, as it has not. */
export function noticeText(job: JobSummary, t: TFunction): NoticeText | null {
  const { number, state } = job;
  switch (state) {
    case 'succeeded':
    case 'succeeded_with_rejects':
    case 'failed':
    case 'waiting_for_review':
    case 'cancelled':
    case 'interrupted':
    case 'undone':
      return { title: t(`notices.title.${state}`, { number }), text: textOf(job, state, t) };
    case 'queued':
    case 'running':
    case 'cancelling':
    case 'discarded':
      return null;
    default:
      return state satisfies never;
  }
}

type End = Exclude<JobSummary['state'], 'queued' | 'running' | 'cancelling' | 'discarded'>;

function textOf({ kind, dryRun, rows, rejects }: JobSummary, end: End, t: TFunction): string {
  const isLoad = kind === 'load';
  switch (end) {
    case 'succeeded':
    case 'succeeded_with_rejects': {
      if (!isLoad) return t('notices.text.tables');
      if (dryRun) return t('notices.text.dryRun');
      if (!rejects) return rows ? t('notices.text.rows', { count: rows }) : t('notices.text.nothingNew');
      return t('notices.text.rejects', { count: rejects, rows: rows ?? 0 });
    }
    case 'failed':
      return t(isLoad ? 'notices.text.failed' : 'notices.text.tablesFailed');
    case 'cancelled':
    case 'interrupted':
      return t(isLoad ? 'notices.text.stopped' : 'notices.text.tablesStopped');
    case 'waiting_for_review':
    case 'undone':
      return t(`notices.text.${end}`);
    default:
      return end satisfies never;
  }
}
