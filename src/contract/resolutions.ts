import { z } from 'zod';
import { conflictPolicySchema } from './mapping.ts';

/**
 * What shall become of conflicts, said after they were seen: data that is kept with the load, and a file that another
 * load can be given. Names are those the mapping writes. What is said more narrowly goes before what is said more
 * widely: choices for rows, then columns, the table, all tables, and last the mapping's own policy.
 */

/** `newer`: the row with the greater value in that column stays or is taken; equal or unknown values leave the target's. */
const resolutionPolicySchema = z.union([conflictPolicySchema, z.strictObject({ newer: z.string().min(1) })]);
export type ResolutionPolicy = Readonly<z.infer<typeof resolutionPolicySchema>>;

/** How the staged (new) and the target's (old) value of one column relate. */
export const CONDITION_KINDS = ['newer', 'older', 'same', 'different', 'fills', 'empties'] as const;
export type RelationKind = (typeof CONDITION_KINDS)[number];

/** `newer` and `older` compare as the column's type does, text by its characters' codes; an absent value is neither. */
const relationSchema = z.strictObject({ column: z.string().min(1), is: z.enum(CONDITION_KINDS) });

const textConditionSchema = z.strictObject({
  column: z.string().min(1),
  is: z.enum(['equals', 'contains']),
  side: z.enum(['new', 'old']),
  /** Compared with the value as the server prints it; `contains` in any case. */
  text: z.string().max(1_000),
});

export const conflictConditionSchema = z.union([relationSchema, textConditionSchema]);
export type ConflictCondition = Readonly<z.infer<typeof conflictConditionSchema>>;

/** More single rows than that are chosen by conditions. */
const MOST_CHOICES = 10_000;

const choiceSchema = z.strictObject({
  table: z.string().min(1),
  /** One row, by its key as the server prints it, or all for which every condition holds. */
  which: z.union([
    z.strictObject({ key: z.record(z.string(), z.string()) }),
    z.strictObject({ where: z.array(conflictConditionSchema).min(1).max(20) }),
  ]),
  use: resolutionPolicySchema,
});
export type ConflictChoice = Readonly<z.infer<typeof choiceSchema>>;

export const resolutionsSchema = z.strictObject({
  $schema: z.string().exactOptional(),
  version: z.literal(1),
  /** For all tables; `newer` for those that have the column. */
  use: resolutionPolicySchema.exactOptional(),
  tables: z
    .record(
      z.string(),
      z.strictObject({
        use: resolutionPolicySchema.exactOptional(),
        columns: z.record(z.string(), conflictPolicySchema).exactOptional(),
      }),
    )
    .exactOptional(),
  /** For rows; of several that fit one row the last counts. */
  choices: z.array(choiceSchema).max(MOST_CHOICES).exactOptional(),
});
export type Resolutions = Readonly<z.infer<typeof resolutionsSchema>>;
