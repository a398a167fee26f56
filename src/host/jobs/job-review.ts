import { LoadstoneError } from '#contract/errors';
import type { JobState } from '#contract/jobs';
import type { Approval, ReviewSummary } from '#contract/review';
import { notReviewed } from './job-errors.ts';
import type { JobRecord } from './job-record.ts';
import type { StateFacts } from './job-store.ts';

/** What was looked at before a load is merged, and what is accepted of it. */
export interface MergeWish {
  /** The review that was looked at; absent: the last one. */
  readonly review?: string;
  readonly revision?: number;
  readonly acceptMoved?: boolean;
}

/** @throws JOB_STATE when nothing waits to be merged, RESOLUTIONS_STALE when another review does. */
export function approvalOf(record: JobRecord, { review, revision, acceptMoved = false }: MergeWish): Approval {
  if (record.kind !== 'load' || record.review === null) throw notReviewed(record);
  const { id } = record.review;
  if (review !== undefined && review !== id) throw otherReview(record.number);
  return { reviewId: id, acceptMoved, at: new Date().toISOString(), ...(revision !== undefined && { revision }) };
}

/**
 * What a resume decides: a load that was reviewed goes on with its merge. What was accepted of a moved target, or seen of
 * its resolutions, counted for the run that ended; from now on they count as they are.
 */
export function resumeFacts(record: JobRecord): StateFacts {
  return record.kind === 'load' && record.review !== null ? { approval: approvalOf(record, {}) } : {};
}

function otherReview(number: number): LoadstoneError {
  return new LoadstoneError({
    code: 'RESOLUTIONS_STALE',
    message: `Job ${number} was checked again since it was looked at: its target has moved on. Nothing was merged.`,
    remedy: 'Look at the review as it is now, then decide again.',
  });
}

/** The check whose findings wait to be decided upon; undefined: none does. */
export function reviewIdOf(record: JobRecord): string | undefined {
  return record.kind === 'load' ? record.review?.id : undefined;
}

interface Waiting {
  /** undefined: as it is. */
  readonly review?: ReviewSummary | null;
  readonly approval?: Approval | null;
}

/** What becomes of a job's review and approval with a change of its state. */
export function waitingAfter(to: JobState, { report, error, approval }: StateFacts): Waiting {
  if (approval !== undefined) return { approval };
  if (report !== undefined && 'review' in report) return { review: report.review, approval: null };
  const isGone = error?.code === 'REVIEW_GONE' || ENDS_WAITING.includes(to);
  return isGone ? { review: null, approval: null } : {};
}

/** Staged rows are gone then. */
const ENDS_WAITING: readonly JobState[] = ['succeeded', 'succeeded_with_rejects', 'discarded'];
