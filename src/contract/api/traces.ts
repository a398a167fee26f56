import { z } from 'zod';
import { UNDO_REASONS } from '../undo.ts';
import { tableNameSchema } from './catalog.ts';

export const traceRequestSchema = z.object({
  ...tableNameSchema.shape,
  schema: z.string().min(1).exactOptional(),
  /** What tells the row from others: the values of its primary key in the key's order, or values by column. */
  key: z.union([z.array(z.string()).min(1).max(100), z.record(z.string(), z.string())]),
});
export type TraceRequest = Readonly<z.infer<typeof traceRequestSchema>>;

const traceEventSchema = z.object({
  loadId: z.string(),
  /** The number of its job, when it is one of this home's. */
  job: z.number().int().exactOptional(),
  /** Under the load's mapping. */
  mapping: z.string(),
  at: z.string(),
  act: z.enum(['inserted', 'changed']),
  /** Where the row stands in the source; the last one, where several made it. */
  path: z.string().exactOptional(),
  line: z.number().int().exactOptional(),
  /** Of a change: the columns it changed, before and after; absent where that cannot be told any more. Long values are cut. */
  values: z
    .array(z.object({ column: z.string(), old: z.string().nullable(), new: z.string().nullable() }))
    .readonly()
    .exactOptional(),
  /** The load was taken back; `left`: this row was not, and why. */
  undone: z.object({ at: z.string(), left: z.enum(UNDO_REASONS).exactOptional() }).exactOptional(),
});
export type TraceEvent = Readonly<z.infer<typeof traceEventSchema>>;

/** Where one row comes from. */
export const traceSchema = z.object({
  schema: z.string(),
  table: z.string(),
  key: z.record(z.string(), z.string()),
  /** Whether the row stands in the table now. */
  found: z.boolean(),
  /** Newest first. */
  events: z.array(traceEventSchema).readonly(),
  /** Somebody else wrote the row after the newest event; unknown for a row that is not there. */
  changedSince: z.boolean(),
  /** Loads into this table of which nothing is kept any more: they may have written the row. */
  forgotten: z.object({ loads: z.number().int(), until: z.string() }).nullable(),
  /** Older loads were not looked at: there are too many. */
  truncated: z.boolean(),
});
export type Trace = Readonly<z.infer<typeof traceSchema>>;
