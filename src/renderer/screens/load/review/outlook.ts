import type { PreviewReport } from '#contract/api/previews';
import type { ErrorCode, ErrorFacts } from '#contract/errors';
import { type LoadChoices, readMaxRejects } from './load-choices.ts';

/** What may be over by the time the load runs, or says nothing about it. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'HOST_LOST',
  'LEASE_TIMEOUT',
  'WORKER_CRASHED',
  'WORKER_NOT_READY',
  'WORKER_UNRESPONSIVE',
  'SERVER_LOST',
]);

/** Whether a load would meet the same error as its preview did. */
export function mustFail({ code, retryable }: Pick<ErrorFacts, 'code' | 'retryable'>, allFiles: boolean): boolean {
  if (retryable || PASSING.has(code)) return false;
  // What some files lack, others may bring.
  return allFiles || (code !== 'ALL_FILES_FAILED' && code !== 'MISSING_REFERENCES');
}

export type Doubt = 'abort_on_reject' | 'too_many_rejects' | 'files_refused';

/** How the settings and what was found so far do not go together, for the user to decide. */
export function doubts(report: PreviewReport, { onError, maxRejects }: LoadChoices): readonly Doubt[] {
  const { total } = report.rejects;
  const read = Object.values(report.tables).reduce((sum, { counts }) => sum + counts.read, 0);
  const most = readMaxRejects(maxRejects);
  const found: Doubt[] = [];
  if (onError === 'abort' && total > 0) found.push('abort_on_reject');
  if (onError === 'file' && total > 0) found.push('files_refused');
  if (most && total > ('rows' in most ? most.rows : (read * most.percent) / 100)) found.push('too_many_rejects');
  return found;
}
