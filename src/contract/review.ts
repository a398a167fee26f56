import { z } from 'zod';

/** What a check before the merge found in one table, counted by the database. Rejected rows are in none of the first four. */
const tableReviewSchema = z.object({
  /** The target has no row with the key, and no earlier row of the load has it. */
  new: z.number().int(),
  /** The target's row says the same. */
  identical: z.number().int(),
  /** Conflicts: the target has the key with other values. */
  changed: z.number().int(),
  /** Rows whose key came before in this load; how many of them contradict the one before. */
  duplicates: z.number().int(),
  contradicting: z.number().int(),
  rejected: z.number().int(),
  /** Of the rejected: those whose referenced row is missing. */
  missingReferences: z.number().int(),
  /** References that become null because their row is missing. */
  nulledReferences: z.number().int(),
  /** Conflicts by column, under the mapping's names; columns without any are left out. */
  columns: z.record(z.string(), z.number().int()),
});
export type TableReview = Readonly<z.infer<typeof tableReviewSchema>>;

/** What a load that waits for review is asked to decide. Part of the load's report. */
export const reviewSummarySchema = z.object({
  /** Tells this check from another one of the same load. */
  id: z.uuid(),
  checkedAt: z.string(),
  /** What the staged rows take on the server. */
  stagedBytes: z.number(),
  tables: z.record(z.string(), tableReviewSchema),
  /** The target has moved on since an earlier check that was decided upon: conflicts that came, went or changed. */
  moved: z.number().int().exactOptional(),
});
export type ReviewSummary = Readonly<z.infer<typeof reviewSummarySchema>>;

/** Somebody's word that a reviewed load shall be merged. It counts for the one review that was looked at. */
export interface Approval {
  readonly reviewId: string;
  /** Of the resolutions that were looked at; absent: whatever they are. */
  readonly revision?: number;
  /** Merge also when the target has moved on since. */
  readonly acceptMoved: boolean;
  readonly at: string;
}
