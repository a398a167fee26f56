import { z } from 'zod';
import { REJECT_CODES, rejectEntrySchema } from '../rejects.ts';

export const rejectFilterSchema = z.object({
  code: z.enum(REJECT_CODES).exactOptional(),
  table: z.string().exactOptional(),
  column: z.string().exactOptional(),
  /** Stands in path, field, value or message, in any case. */
  text: z.string().max(200).exactOptional(),
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

/** One page of objections (a row may have several), counted in SQL. */
export const rejectPageSchema = z.object({
  entries: z.array(rejectEntrySchema).readonly(),
  /** That pass the filter. */
  matching: z.number().int(),
  /** All of the load. */
  total: z.number().int(),
  /** What the filter can be set to. */
  codes: z.array(z.object({ code: z.enum(REJECT_CODES), count: z.number().int() })).readonly(),
  tables: z.array(z.string()).readonly(),
});
export type RejectPage = z.infer<typeof rejectPageSchema>;
