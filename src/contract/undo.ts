import { z } from 'zod';

/** Why an undo left a row as it is. */
export const UNDO_REASONS = [
  /** Somebody wrote the row after the load. */
  'changed_since',
  /** Rows that stay refer to it. */
  'referred_to',
  /** The row that the load had changed is not there any more. */
  'row_gone',
  /** What the former values refer to is not there any more. */
  'former_reference_gone',
  /** Another row holds a former value that may stand only once. */
  'value_taken',
  /** A column that the load wrote has another type now. */
  'column_altered',
  /** A trigger or rule of the database kept it. */
  'refused',
] as const;
export type UndoReason = (typeof UNDO_REASONS)[number];

const namedTableSchema = z.object({ schema: z.string(), table: z.string() });

export const undoConflictSchema = z.object({
  /** Its place among the conflicts of this undo, from 1. */
  number: z.number().int(),
  /** Under the mapping's name. */
  table: z.string(),
  /** The key's columns, with their values as PostgreSQL prints them. */
  key: z.record(z.string(), z.string()),
  /** What the load did to the row. */
  act: z.enum(['inserted', 'changed']),
  reason: z.enum(UNDO_REASONS),
  /** Of `referred_to`: by which table, by how many of its rows. Of `former_reference_gone`: in which table the row is missing. */
  other: namedTableSchema.extend({ rows: z.number().int().exactOptional() }).exactOptional(),
  /** Of `changed_since`: who wrote the row, when that was a load, or the undo of one. */
  by: z
    .object({
      loadId: z.string(),
      undo: z.boolean(),
      path: z.string().exactOptional(),
      line: z.number().int().exactOptional(),
      /** The number of its job, when it is one of this home's. */
      job: z.number().int().exactOptional(),
    })
    .exactOptional(),
});
export type UndoConflict = Readonly<z.infer<typeof undoConflictSchema>>;

/** What an undo took back, counted by the database. */
export const undoResultSchema = z.object({
  /** Under the mapping's names. Rows taken back, and rows left as they are. */
  tables: z.record(z.string(), z.object({ removed: z.number(), restored: z.number(), conflicts: z.number() })),
  /** The first of the conflicts; undos of earlier versions kept none. */
  sample: z.array(undoConflictSchema).readonly().default([]),
});
export type UndoResult = {
  readonly tables: Readonly<z.infer<typeof undoResultSchema>['tables']>;
  readonly sample: readonly UndoConflict[];
};

/** What was dropped because it had been kept long enough. */
export interface UndoPruned {
  /** Loads that cannot be undone any more, and the space that is free now. */
  readonly loads: number;
  readonly bytes: number;
  readonly loadIds: readonly string[];
  /** Old ones that stay: an undo of another load needs them, they are in use, or dropping them failed. */
  readonly kept: number;
  /** The first thing that went wrong. */
  readonly failure?: string;
}
