import { z } from 'zod';
import { REJECT_GROUPINGS } from '../reject-groupings.ts';
import { REJECT_CODES, rejectEntrySchema } from '../rejects.ts';

/** Which record of which file: the number that the load gave the file, and that of the record in it, both from 1. */
const recordNumbers = { file: z.number().int().min(1), sequence: z.number().int().min(1) };

/** `open`: the row is not loaded. `fixed`: a later load of the rejects brought it. */
const REJECT_STATES = ['open', 'fixed'] as const;

export const rejectFilterSchema = z.object({
  code: z.enum(REJECT_CODES).exactOptional(),
  table: z.string().exactOptional(),
  /** null: objections to whole rows. */
  column: z.string().nullable().exactOptional(),
  /** The rejected value, exactly; null: there was none. */
  value: z.string().nullable().exactOptional(),
  file: recordNumbers.file.exactOptional(),
  /** Of that file. */
  sequence: recordNumbers.sequence.exactOptional(),
  /** Stands in path, field, value or message, in any case. */
  text: z.string().max(200).exactOptional(),
  /** Something was written in the place of what the record holds, or nothing was. */
  corrected: z.boolean().exactOptional(),
  /** The same of this very value, not of any of its row. */
  valueCorrected: z.boolean().exactOptional(),
  /** Left out: `open`. */
  state: z.enum([...REJECT_STATES, 'all']).exactOptional(),
});
export type RejectFilter = Readonly<z.infer<typeof rejectFilterSchema>>;

const rejectSort = z.object({
  by: z.enum(['place', 'table', 'column', 'code', 'value']),
  descending: z.boolean(),
});

export const rejectRequestSchema = z.object({
  loadId: z.uuid(),
  offset: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(500),
  /** `place` is the order of files and records. */
  sort: rejectSort,
  filter: rejectFilterSchema,
});
export type RejectRequest = Readonly<z.infer<typeof rejectRequestSchema>>;

/** One objection with what identifies its row, and what became of it. */
export const rejectRowSchema = rejectEntrySchema.extend({
  ...recordNumbers,
  state: z.enum(REJECT_STATES),
  /** The load that brought the row, and its job where it is known here. */
  fixedBy: z.uuid().exactOptional(),
  fixedIn: z.number().int().exactOptional(),
  /** What stands in the place of this very value (of the record's text, where that cannot be read); null: nothing. */
  correction: z.object({ value: z.string().nullable() }).exactOptional(),
  /** How many values of the row were corrected. */
  corrections: z.number().int(),
});
export type RejectRow = Readonly<z.infer<typeof rejectRowSchema>>;

/** One page of objections (a row may have several), counted in SQL. Of a job that retried rejects, those of the load it retried. */
export const rejectPageSchema = z.object({
  entries: z.array(rejectRowSchema).readonly(),
  /** That pass the filter. */
  matching: z.number().int(),
  /** All of the load in the filter's state. */
  total: z.number().int(),
  /** Those of rows that are loaded by now. */
  fixed: z.number().int(),
  /** Whether open ones can be loaded: the load is merged, and was not undone. */
  canRetry: z.boolean(),
  /** What the filter can be set to. */
  codes: z.array(z.object({ code: z.enum(REJECT_CODES), count: z.number().int() })).readonly(),
  tables: z.array(z.string()).readonly(),
});
export type RejectPage = z.infer<typeof rejectPageSchema>;

export const rejectGroupRequestSchema = z.object({
  loadId: z.uuid(),
  by: z.enum(REJECT_GROUPINGS),
  filter: rejectFilterSchema,
});
export type RejectGroupRequest = Readonly<z.infer<typeof rejectGroupRequestSchema>>;

/** What the rejects that pass a filter have in common, the largest groups first. */
export const rejectGroupsSchema = z.object({
  groups: z
    .array(
      z.object({
        /** By what it is grouped; a column comes with its table, and is absent of whole rows. */
        code: z.enum(REJECT_CODES).exactOptional(),
        table: z.string().exactOptional(),
        column: z.string().exactOptional(),
        file: recordNumbers.file.exactOptional(),
        path: z.string().exactOptional(),
        entries: z.number().int(),
        /** Rows with such an objection; one row may be in several groups. */
        rows: z.number().int(),
        /** Of these rows, those with a correction. */
        corrected: z.number().int(),
      }),
    )
    .readonly(),
  /** How many groups there are; listed are the first of them only, when they are very many. */
  total: z.number().int(),
});
export type RejectGroups = Readonly<z.infer<typeof rejectGroupsSchema>>;

export const recordSchema = z.object(recordNumbers);
export type RejectedRecord = Readonly<z.infer<typeof recordSchema>>;
