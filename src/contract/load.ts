import { z } from 'zod';
import { connectionRefSchema } from './connection.ts';
import { ERROR_CODES } from './errors.ts';
import { JOB_STATES } from './jobs.ts';
import { mappingSchema } from './mapping.ts';
import { REJECT_CODES, rejectEntrySchema, WARNING_CODES } from './rejects.ts';
import { resolutionsSchema } from './resolutions.ts';
import { reviewSummarySchema } from './review.ts';

/** When a load gives up because of rejects: an absolute number or a share of the rows read. */
const maxRejectsSchema = z.union([
  z.object({ rows: z.number().int().nonnegative() }),
  z.object({ percent: z.number().min(0).max(100) }),
]);
export type MaxRejects = z.infer<typeof maxRejectsSchema>;

/** Everything that makes a load repeatable. Stored in the ledger, so it holds no secret. */
export const loadSpecSchema = z.object({
  /** Unique id of the load (UUID); names its staging schema and its row in loadstone.loads. */
  loadId: z.uuid(),
  /** Absolute paths of the chosen files or folders. */
  paths: z.array(z.string()).min(1),
  mapping: mappingSchema,
  connection: connectionRefSchema,
  /** Schema of tables whose mapping name has none; default: the first of the search path. */
  schema: z.string().optional(),
  /** Overrides every table's policy. */
  onConflict: z.enum(['skip', 'overwrite', 'merge', 'fail']).optional(),
  /** Stop after the check, before anything is merged, and wait for a decision. */
  review: z.boolean().optional(),
  /** What shall become of conflicts, beyond the mapping's policies. */
  resolutions: resolutionsSchema.optional(),
  /** Load only the rows that were rejected by that load and are still not loaded, from the same files, with the corrections kept for them. */
  retry: z.object({ loadId: z.uuid() }).optional(),
  onError: z.enum(['row', 'file', 'abort']).default('row'),
  maxRejects: maxRejectsSchema.optional(),
  workers: z.number().int().min(1).max(64),
  batchSize: z.number().int().min(1).max(1_000_000).default(20_000),
  /** Load at most this many files. */
  limit: z.number().int().min(1).optional(),
  /** Stage, check and count, then roll back and discard. */
  dryRun: z.boolean().default(false),
  /** Leave out files that were already loaded with this mapping into these tables. */
  skipLoaded: z.boolean().default(true),
});
export type LoadSpec = z.infer<typeof loadSpecSchema>;

const tableCountsSchema = z.object({
  read: z.number().int(),
  inserted: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  skipped: z.number().int(),
  rejected: z.number().int(),
});
export type TableCounts = Readonly<z.infer<typeof tableCountsSchema>>;

const fileFailureSchema = z.object({
  path: z.string(),
  line: z.number().int().exactOptional(),
  column: z.number().int().exactOptional(),
  code: z.enum(ERROR_CODES),
  message: z.string(),
});

/** A row that contradicts an earlier row of the same load with the same key; the policy decided between them. */
const loadConflictSchema = z.object({
  path: z.string(),
  line: z.number().int(),
  table: z.string(),
  key: z.string(),
  /** Where the key came before. */
  earlierPath: z.string(),
  earlierLine: z.number().int(),
});

const reportFilesSchema = z.object({
  /** loaded + unchanged + failed */
  found: z.number().int(),
  loaded: z.number().int(),
  unchanged: z.number().int(),
  failed: z.number().int(),
  /** What the include rules leave out, and why. */
  skipped: z.array(z.object({ path: z.string(), reason: z.string() })).readonly(),
  /** How many were left out; `skipped` lists the first of them only, when they are very many. */
  skippedCount: z.number().int(),
  failures: z.array(fileFailureSchema).readonly(),
});

const warningSchema = z.object({
  code: z.enum(WARNING_CODES),
  count: z.number().int(),
  /** What it is about, where that has a name: those of most files first, each with the first of them. */
  names: z
    .array(z.object({ name: z.string(), files: z.number().int(), path: z.string() }))
    .readonly()
    .exactOptional(),
});

/** What the parts of a load's report are, shared with its preview. */
export const reportParts = {
  files: reportFilesSchema,
  rejects: z.object({
    /** Rejected rows: the sum of `rejected` over all tables. */
    total: z.number().int(),
    byReason: z.partialRecord(z.enum(REJECT_CODES), z.number().int()),
    sample: z.array(rejectEntrySchema).readonly(),
  }),
  /** Equal keys with other values inside this load, counted as skipped or updated; the first of them. */
  conflicts: z.object({ insideLoad: z.number().int(), sample: z.array(loadConflictSchema).readonly() }),
  warnings: z.array(warningSchema).readonly(),
  counts: tableCountsSchema,
};

/** What a load did, counted by the database inside the merge transaction. */
export const loadReportSchema = z.object({
  job: z.string(),
  state: z.enum(JOB_STATES),
  files: reportParts.files,
  /** Keyed by the names written in the mapping; read = the sum of the others, unless the load failed: then nothing was merged. */
  tables: z.record(z.string(), tableCountsSchema),
  rejects: reportParts.rejects,
  conflicts: reportParts.conflicts,
  warnings: reportParts.warnings,
  bytes: z.number(),
  /** SHA-256 of the list of loaded files as `sha256sum` prints it, in byte order of the paths; absent where none was. */
  digest: z.string().exactOptional(),
  seconds: z.number(),
  undo: z.string().exactOptional(),
  /** What the server keeps so that the load can be undone. */
  undoBytes: z.number().exactOptional(),
  /** For how many days after the merge; null: for ever. */
  undoDays: z.number().int().nullable().exactOptional(),
  /** Of a load that waits for review. */
  review: reviewSummarySchema.exactOptional(),
});
type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
export type LoadReport = DeepReadonly<z.infer<typeof loadReportSchema>>;
