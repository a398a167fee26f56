import { z } from 'zod';
import { connectionRefSchema } from './connection.ts';
import type { ErrorFacts } from './errors.ts';
import type { JobState } from './jobs.ts';
import { mappingSchema } from './mapping.ts';
import type { RejectCode, RejectEntry, WarningCode } from './rejects.ts';

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

export interface TableCounts {
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly rejected: number;
}

interface FileFailure extends Pick<ErrorFacts, 'code' | 'message'> {
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
}

/** A row that contradicts an earlier row of the same load with the same key; the policy decided between them. */
interface LoadConflict {
  readonly path: string;
  readonly line: number;
  readonly table: string;
  readonly key: string;
  /** Where the key came before. */
  readonly earlierPath: string;
  readonly earlierLine: number;
}

/** What a load did, counted by the database inside the merge transaction. */
export interface LoadReport {
  readonly job: string;
  readonly state: JobState;
  readonly files: {
    /** loaded + unchanged + failed */
    readonly found: number;
    readonly loaded: number;
    readonly unchanged: number;
    readonly failed: number;
    /** What the include rules leave out, and why. */
    readonly skipped: readonly { readonly path: string; readonly reason: string }[];
    /** How many were left out; `skipped` lists the first of them only, when they are very many. */
    readonly skippedCount: number;
    readonly failures: readonly FileFailure[];
  };
  /** Keyed by the names written in the mapping; read = the sum of the others, unless the load failed: then nothing was merged. */
  readonly tables: Readonly<Record<string, TableCounts>>;
  readonly rejects: {
    /** Rejected rows: the sum of `rejected` over all tables. */
    readonly total: number;
    readonly byReason: Readonly<Partial<Record<RejectCode, number>>>;
    readonly sample: readonly RejectEntry[];
  };
  /** Equal keys with other values inside this load, counted as skipped or updated; the first of them. */
  readonly conflicts: { readonly insideLoad: number; readonly sample: readonly LoadConflict[] };
  readonly warnings: readonly { readonly code: WarningCode; readonly count: number }[];
  readonly bytes: number;
  readonly seconds: number;
  readonly undo?: string;
}
