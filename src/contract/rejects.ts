import { z } from 'zod';

/** Why a row could not be loaded. One row may have several rejects; its first one is the one counted. */
export const REJECT_CODES = [
  'BAD_VALUE', // the text does not convert to the column's type, or would be another value in the target's
  'TOO_LONG', // more characters than varchar(n) holds, or than the target's column holds
  'MISSING_VALUE', // empty or absent in a column that may not be null
  'MISSING_KEY', // empty or absent in a key column
  'EXTRA_VALUES', // a path selected several values where one was asked for
  'UNRESOLVED_ENTITY', // the value holds an external entity, which is never fetched
  'PARENT_REJECTED', // $parent of a rejected record
  'MISSING_REFERENCE', // the referenced row is in neither the load nor the target
  'BROKEN_RECORD', // the record itself cannot be read: a CSV line with too many or too few fields, or broken quotes
  'CONSTRAINT', // only the database could object: CHECK, UNIQUE, EXCLUDE, a trigger, …
] as const;
export type RejectCode = (typeof REJECT_CODES)[number];

export const WARNING_CODES = [
  'REFERENCE_NULLED', // a missing reference was set to NULL as the mapping asks
  'EXTRA_IGNORED', // further values of a path were left out
  'MIXED_CONTENT', // a mapped element holds text and child elements
  'CONFLICT_IN_LOAD', // a key came again in the same load with other values
  'UNBOUND_PREFIX', // a prefix without a namespace declaration was matched by its local name
  'UNMAPPED_COLUMNS', // columns of a CSV file from which no table takes anything
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

/** One objection to one value (or to a whole row, when `column` is absent), as it is kept and shown. */
export const rejectEntrySchema = z.object({
  path: z.string(),
  line: z.number().int(),
  table: z.string(),
  column: z.string().exactOptional(),
  /** The path in the mapping that selected the value. */
  field: z.string().exactOptional(),
  value: z.string().exactOptional(),
  code: z.enum(REJECT_CODES),
  message: z.string(),
});
export type RejectEntry = Readonly<z.infer<typeof rejectEntrySchema>>;
