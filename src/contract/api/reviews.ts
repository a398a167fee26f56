import { z } from 'zod';
import { conflictPolicySchema } from '../mapping.ts';
import { conflictConditionSchema, resolutionsSchema } from '../resolutions.ts';
import { reviewSummarySchema } from '../review.ts';

/** What becomes of a conflict as things are resolved now. */
const OUTCOMES = ['updated', 'skipped', 'fails'] as const;

const filterSchema = z.object({
  /** Conflicts in this column. */
  changed: z.string().exactOptional(),
  /** All of them hold. */
  where: z.array(conflictConditionSchema).max(20).exactOptional(),
  /** What becomes of them as things are resolved now. */
  outcome: z.enum(OUTCOMES).exactOptional(),
  /** Stands in some value of either version, or in the path, in any case. */
  text: z.string().max(200).exactOptional(),
});
export type ConflictFilter = Readonly<z.infer<typeof filterSchema>>;

export const conflictRequestSchema = z.object({
  loadId: z.uuid(),
  /** Under the mapping's name. */
  table: z.string(),
  filter: filterSchema,
  /** Conflicts after this number; 0: from the first. */
  after: z.number().int().nonnegative(),
  /** Rows to pass over after that. Numbers have no gaps: without a filter, a greater `after` says the same. */
  skip: z.number().int().nonnegative().exactOptional(),
  limit: z.number().int().min(1).max(200),
});
export type ConflictRequest = Readonly<z.infer<typeof conflictRequestSchema>>;

const conflictSchema = z.object({
  /** Its place in the order of files and records. */
  number: z.number().int(),
  path: z.string(),
  line: z.number().int(),
  /** Further rows of the load with the same key. */
  repeats: z.number().int(),
  /**
   * In the order of {@link conflictPageSchema}'s columns, as the server prints them; the same in both versions of a key.
   * Longer ones are cut, unless one conflict alone is asked for. `result`: what the target will hold; absent where further rows
   * of the load decide.
   */
  values: z
    .array(
      z.object({
        new: z.string().nullable(),
        old: z.string().nullable(),
        differs: z.boolean(),
        result: z.string().nullable().exactOptional(),
      }),
    )
    .readonly(),
  outcome: z.enum(OUTCOMES),
  /** Which of the resolutions' choices decided, by its place; absent where a policy did. */
  choice: z.number().int().exactOptional(),
});
export type Conflict = Readonly<z.infer<typeof conflictSchema>>;

/** One page of a table's conflicts, as the check found them. */
export const conflictPageSchema = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string(), isKey: z.boolean() })).readonly(),
  conflicts: z.array(conflictSchema).readonly(),
  /** That pass the filter; counted for a first page only. */
  matching: z.number().int().exactOptional(),
});
export type ConflictPage = Readonly<z.infer<typeof conflictPageSchema>>;

export const duplicateRequestSchema = conflictRequestSchema.omit({ filter: true });
export type DuplicateRequest = Readonly<z.infer<typeof duplicateRequestSchema>>;

/** One page of the rows that contradict an earlier row of the load with the same key. */
export const duplicatePageSchema = z.object({
  duplicates: z
    .array(
      z.object({
        number: z.number().int(),
        key: z.string(),
        path: z.string(),
        line: z.number().int(),
        earlierPath: z.string(),
        earlierLine: z.number().int(),
      }),
    )
    .readonly(),
  matching: z.number().int().exactOptional(),
});
export type DuplicatePage = Readonly<z.infer<typeof duplicatePageSchema>>;

const reviewTableSchema = z.object({
  columns: conflictPageSchema.shape.columns,
  /** What holds without resolutions: what the mapping says, or the load. */
  policy: conflictPolicySchema,
  /** Of columns for which it says something else. */
  columnPolicies: z.record(z.string(), conflictPolicySchema),
});

/** A review as it stands: what the check found, what was decided, and what that does to the conflicts of each table. */
export const reviewSchema = z.object({
  summary: reviewSummarySchema,
  /** All that the load fills, under the mapping's names. */
  tables: z.record(z.string(), reviewTableSchema),
  resolutions: resolutionsSchema,
  /** Counts the changes of the resolutions: who saves what was made of an older one is told. */
  revision: z.number().int(),
  effects: z.record(
    z.string(),
    z.object({ updated: z.number().int(), skipped: z.number().int(), fails: z.number().int() }),
  ),
});
export type Review = Readonly<z.infer<typeof reviewSchema>>;

export const resolveRequestSchema = z.object({
  loadId: z.uuid(),
  resolutions: resolutionsSchema,
  /** What they were made of; absent: they take the place of whatever is there. */
  revision: z.number().int().exactOptional(),
});
export type ResolveRequest = Readonly<z.infer<typeof resolveRequestSchema>>;
