import type { StagingNames } from './staging-names.ts';

/** The names of what a check leaves beside the staged rows: its own versions of what is derived from them, and its findings. */
export interface ReviewNames extends StagingNames {
  /** The one row that says what the check found. */
  readonly review: string;
  /** The one row that says what shall become of conflicts. */
  readonly resolutions: string;
  /** Rows that contradict an earlier one of the load, numbered by table. */
  readonly duplicates: string;
  /** Conflicts of mapped table `i`, one row per key. */
  readonly differing: (table: number) => string;
}

/**
 * Staged rows and what was staged with them stay as they are; what a check derives goes into relations of its own, so
 * that it stands there to be looked at, and the merge derives it anew.
 */
export function reviewNames(names: StagingNames): ReviewNames {
  const { own } = names;
  return {
    ...names,
    staged: own('review_staged'),
    rejects: own('review_rejects'),
    dead: own('review_dead'),
    nulled: own('review_nulled'),
    conflicts: own('review_conflicts'),
    warnings: own('review_warnings'),
    review: own('review'),
    resolutions: own('resolutions'),
    duplicates: own('review_duplicates'),
    differing: (table) => own(`differing_${table}`),
  };
}
