import { LoadstoneError } from '#contract/errors';
import type { JobState } from '#contract/jobs';
import type { JobRecord } from './job-record.ts';

export function jobNotFound(number: number): LoadstoneError {
  return new LoadstoneError({
    code: 'JOB_NOT_FOUND',
    message: `There is no job ${number}.`,
    remedy: 'List the jobs with "loadstone jobs".',
  });
}

export function jobState(number: number, state: JobState, wish: string): LoadstoneError {
  return new LoadstoneError({
    code: 'JOB_STATE',
    message: `Job ${number} is ${state.replaceAll('_', ' ')} and cannot be ${wish}.`,
    remedy: `See "loadstone jobs show ${number}" for what can be done with it.`,
  });
}

export function notReviewed({ number, state, kind }: Pick<JobRecord, 'number' | 'state' | 'kind'>): LoadstoneError {
  return new LoadstoneError({
    code: 'JOB_STATE',
    message:
      kind === 'load'
        ? `Job ${number} is ${state.replaceAll('_', ' ')}, and no staged rows of it wait to be reviewed and merged.`
        : `Job ${number} created or altered tables: there are no rows of it to be merged.`,
    remedy: `See "loadstone jobs show ${number}" for what can be done with it. A load waits when it is ordered with --review.`,
  });
}

export function noRejects(number: number): LoadstoneError {
  return new LoadstoneError({
    code: 'JOB_STATE',
    message: `Job ${number} created or altered tables: it read no rows, so it has no rejects.`,
    remedy: 'Ask for those of a load.',
  });
}

export function nothingToUndo({ number, kind }: Pick<JobRecord, 'number' | 'kind'>): LoadstoneError {
  const isLoad = kind === 'load';
  return new LoadstoneError({
    code: 'JOB_STATE',
    message: isLoad
      ? `Job ${number} was a dry run: it changed nothing that could be undone.`
      : `Job ${number} created or altered tables, which is not taken back: they may hold rows by now.`,
    remedy: isLoad ? 'Nothing needs to be done.' : 'Drop or alter them yourself, if nobody needs them.',
  });
}

export function nothingUndone(number: number): LoadstoneError {
  return new LoadstoneError({
    code: 'JOB_STATE',
    message: `Job ${number} created or altered tables, which is not taken back.`,
    remedy: 'Ask for the undo of a load.',
  });
}

export function nothingReviewed(number: number): LoadstoneError {
  return new LoadstoneError({
    code: 'JOB_STATE',
    message: `Job ${number} created or altered tables: it read no rows, so there is nothing to review.`,
    remedy: 'Ask for the review of a load.',
  });
}

export function specUnreadable(number: number, where: string): LoadstoneError {
  return new LoadstoneError({
    code: 'LEDGER_FAILED',
    message: `What job ${number} is to do cannot be read from the ledger (${where}): another version of Loadstone wrote it.`,
    remedy: 'Use that version for this job, or load the files anew.',
  });
}

export function jobBusy(number: number, action: string, pid: number | null): LoadstoneError {
  return new LoadstoneError({
    code: 'JOB_STATE',
    message: `Job ${number} is in use: process ${pid ?? 'unknown'} is doing "${action}" with it.`,
    remedy: 'Wait until that has ended, then try again.',
    retryable: true,
  });
}
