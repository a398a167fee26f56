import type { JobDetail } from '#contract/api/job-views';
import type { TableCounts } from '#contract/load';
import { isOpen } from './job-states.ts';
import { sumUndo, undoResultOf } from './undo-result.ts';

/** What can be said of a job in one sentence; each has its own headline. */
export type OutcomeKind =
  | 'open'
  | 'loaded'
  | 'nothingNew'
  | 'loadedWithRejects'
  | 'nothingNewWithRejects'
  | 'dryRun'
  | 'dryRunWithRejects'
  | 'failed'
  | 'cancelled'
  | 'interrupted'
  | 'review'
  | 'discarded'
  | 'undone'
  | 'undoneInPart';

export interface Outcome {
  readonly kind: OutcomeKind;
  /** Rows inserted or updated; of a dry run, that would have been. */
  readonly rows: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly files: {
    readonly found: number;
    readonly loaded: number;
    readonly unchanged: number;
    readonly failed: number;
  };
}

const NO_FILES = { found: 0, loaded: 0, unchanged: 0, failed: 0 };

/** How a job stands or ended, in the numbers of its report. */
export function outcomeOf({ job, report, events }: Pick<JobDetail, 'job' | 'report' | 'events'>): Outcome {
  const sums = sumCounts(Object.values(report?.tables ?? {}));
  const { found, loaded, unchanged, failed } = report?.files ?? NO_FILES;
  const files = { found, loaded, unchanged, failed };
  const rows = sums.inserted + sums.updated;
  const rejected = report?.rejects.total ?? sums.rejected;
  return { ...sums, rows, rejected, files, kind: kindOf(job, rows, leftOf({ events })) };
}

/** Rows that its undo left as they were. */
function leftOf(detail: Pick<JobDetail, 'events'>): number {
  const undone = undoResultOf(detail);
  return undone === null ? 0 : sumUndo(undone).conflicts;
}

function kindOf({ state, dryRun }: JobDetail['job'], rows: number, left: number): OutcomeKind {
  if (isOpen(state)) return 'open';
  switch (state) {
    case 'succeeded':
      if (dryRun) return 'dryRun';
      return rows === 0 ? 'nothingNew' : 'loaded';
    case 'succeeded_with_rejects':
      if (dryRun) return 'dryRunWithRejects';
      return rows === 0 ? 'nothingNewWithRejects' : 'loadedWithRejects';
    case 'waiting_for_review':
      return 'review';
    case 'failed':
    case 'cancelled':
    case 'interrupted':
    case 'discarded':
      return state;
    case 'undone':
      return left > 0 ? 'undoneInPart' : state;
    default:
      return 'open';
  }
}

/** All tables together. */
export function sumCounts(tables: readonly TableCounts[]): TableCounts {
  const sum = { read: 0, inserted: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 0 };
  for (const counts of tables) {
    sum.read += counts.read;
    sum.inserted += counts.inserted;
    sum.updated += counts.updated;
    sum.unchanged += counts.unchanged;
    sum.skipped += counts.skipped;
    sum.rejected += counts.rejected;
  }
  return sum;
}
