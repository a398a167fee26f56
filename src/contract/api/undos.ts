import { z } from 'zod';
import { UNDO_REASONS, undoConflictSchema } from '../undo.ts';

export const undoConflictRequestSchema = z.object({
  loadId: z.uuid(),
  /** Under the mapping's name; absent: of all tables. */
  table: z.string().exactOptional(),
  reason: z.enum(UNDO_REASONS).exactOptional(),
  /** Conflicts after this number; 0: from the first. */
  after: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(1_000),
});
export type UndoConflictRequest = Readonly<z.infer<typeof undoConflictRequestSchema>>;

/** One page of the rows that an undo left as they are, counted in SQL. */
export const undoConflictPageSchema = z.object({
  conflicts: z.array(undoConflictSchema).readonly(),
  /** That pass the filter. */
  matching: z.number().int(),
  /** All of this undo, by table and reason. */
  counts: z.array(z.object({ table: z.string(), reason: z.enum(UNDO_REASONS), count: z.number().int() })).readonly(),
});
export type UndoConflictPage = Readonly<z.infer<typeof undoConflictPageSchema>>;
