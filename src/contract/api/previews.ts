import { z } from 'zod';
import { jobProgressSchema } from '../jobs.ts';
import { loadSpecSchema, reportParts } from '../load.ts';

/** What to look at: the settings of a load, and how much of it. */
export const previewRequestSchema = loadSpecSchema
  .pick({ paths: true, mapping: true, schema: true, onConflict: true, retry: true })
  .extend({
    /** Rows shown per table. */
    rows: z.number().int().min(1).max(1_000),
    /** Look at this many files only, spread evenly over all that were found. */
    limitFiles: z.number().int().min(1).exactOptional(),
  });
export type PreviewRequest = Readonly<z.infer<typeof previewRequestSchema>>;

const previewTableSchema = z.object({
  columns: z.array(z.string()).readonly(),
  /** As they would stand in the target. */
  rows: z.array(z.array(z.string().nullable())).readonly(),
  counts: reportParts.counts,
});

/** What a load would do, found by doing it in a transaction that is rolled back. */
const previewReportSchema = z.object({
  files: reportParts.files,
  tables: z.record(z.string(), previewTableSchema),
  /** Statements that would create what is missing. */
  ddl: z.array(z.string()).readonly(),
  rejects: reportParts.rejects,
  conflicts: reportParts.conflicts,
  warnings: reportParts.warnings,
  /** The connection's zone, in which a timestamptz without a zone is read. */
  timeZone: z.string(),
});
export type PreviewReport = z.infer<typeof previewReportSchema>;

export const previewEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), progress: jobProgressSchema.pick({ phase: true, files: true, rows: true }) }),
  z.object({ type: z.literal('report'), report: previewReportSchema }),
]);
export type PreviewEvent = z.infer<typeof previewEventSchema>;
