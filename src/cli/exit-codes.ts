import type { ErrorCode } from '#contract/errors';
import type { JobState } from '#contract/jobs';

export const EXIT = {
  done: 0,
  failed: 1,
  wrongInput: 2,
  doneWithRejects: 3,
  /** Nothing was to be done but to say so. */
  differs: 3,
  waitingForReview: 4,
  cancelled: 130,
} as const;

/** What only the user can put right: the words of the command, the mapping, or how the connection is configured. */
const WRONG_INPUT: ReadonlySet<ErrorCode> = new Set([
  'USAGE',
  'MAPPING_INVALID',
  'MAPPING_NOT_FOUND',
  'PATH_NOT_FOUND',
  'NO_FILES',
  'NO_RECORDS',
  'CONFIG_INVALID',
  'REFERENCE_CYCLE',
  'TARGET_MISMATCH',
  'SERVER_VERSION',
  'SCHEMA_NEWER',
  'RESOLUTIONS_INVALID',
  'RESOLUTIONS_STALE',
  'RETRY_INVALID',
  'AUTH_FAILED',
  'PASSWORD_MISSING',
  'DATABASE_MISSING',
  'CONNECTION_NOT_FOUND',
  'SECRETS_UNAVAILABLE',
  'JOB_NOT_FOUND',
  'JOB_STATE',
]);

export function exitCodeOfError(code: ErrorCode): number {
  return WRONG_INPUT.has(code) ? EXIT.wrongInput : EXIT.failed;
}

/** @param failedFiles files that were refused: a load that is done without them is not wholly done. */
export function exitCodeOfState(state: JobState, failedFiles = 0): number {
  switch (state) {
    case 'succeeded':
      return failedFiles > 0 ? EXIT.doneWithRejects : EXIT.done;
    case 'discarded':
    case 'undone':
      return EXIT.done;
    case 'succeeded_with_rejects':
      return EXIT.doneWithRejects;
    case 'waiting_for_review':
      return EXIT.waitingForReview;
    case 'cancelled':
    case 'cancelling':
      return EXIT.cancelled;
    case 'failed':
    case 'interrupted':
    case 'queued':
    case 'running':
      return EXIT.failed;
    default:
      return state satisfies never;
  }
}
