import { z } from 'zod';
import { connectionRefSchema } from '../connection.ts';
import { errorFactsSchema } from '../error-facts.ts';
import { JOB_KINDS, JOB_STATES, jobProgressSchema } from '../jobs.ts';
import { loadReportSchema, loadSpecSchema } from '../load.ts';
import { tablesReportSchema, tablesSpecSchema } from '../tables-plan.ts';

/** What can be done with a job as it stands. */
const JOB_ACTIONS = ['cancel', 'resume', 'review', 'merge', 'discard', 'undo'] as const;

/** A job as lists show it. Times are ISO 8601 in UTC. */
export const jobSummarySchema = z.object({
  number: z.number().int(),
  kind: z.enum(JOB_KINDS),
  /** The id of its order; of a load, the load's. */
  loadId: z.string(),
  state: z.enum(JOB_STATES),
  dryRun: z.boolean(),
  mapping: z.string(),
  connection: connectionRefSchema,
  /** Of a load that retried rejects: the load whose they are, and its job where it is known here. */
  retryOf: z.object({ loadId: z.uuid(), job: z.number().int().exactOptional() }).exactOptional(),
  /** None where no file is read. */
  paths: z.array(z.string()).readonly(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** Rows inserted or updated; null before the end, and where no rows are loaded. */
  rows: z.number().nullable(),
  rejects: z.number().nullable(),
  failedFiles: z.number().nullable(),
  errorCode: errorFactsSchema.shape.code.nullable(),
  /** Undo or discard is under way. */
  busyWith: z.enum(['undo', 'discard']).nullable(),
  /** Whether this host runs it (else another process of this home, as a command line, does). */
  runsHere: z.boolean(),
  actions: z.array(z.enum(JOB_ACTIONS)).readonly(),
  /** Of a load whose staged rows wait to be reviewed and merged: since when, what they take on the server, and their conflicts. */
  waiting: z.object({ since: z.string(), bytes: z.number(), conflicts: z.number() }).exactOptional(),
});
export type JobSummary = z.infer<typeof jobSummarySchema>;

export const jobListRequestSchema = z.object({
  states: z.array(z.enum(JOB_STATES)).exactOptional(),
  /** Stands in a path, the mapping's name or the target. */
  text: z.string().max(200).exactOptional(),
  /** Jobs older than this number. */
  before: z.number().int().exactOptional(),
  limit: z.number().int().min(1).max(200),
});

export const jobListSchema = z.object({
  /** Newest first. */
  jobs: z.array(jobSummarySchema).readonly(),
  /** All that pass the filter. */
  total: z.number().int(),
});

const jobEventSchema = z.object({
  at: z.string(),
  event: z.string(),
  facts: z.record(z.string(), z.unknown()),
});

const logLineSchema = z.object({
  at: z.string(),
  level: z.enum(['debug', 'info', 'warn', 'error']),
  message: z.string(),
  /** The rest of the line, as `name=value` pairs. */
  facts: z.string(),
});
export type LogLine = z.infer<typeof logLineSchema>;

export const jobDetailSchema = z.object({
  job: jobSummarySchema,
  /** Of a load. */
  report: loadReportSchema.nullable(),
  /** Of a job that creates tables: how it was ordered, and what it did. */
  tables: z
    .object({
      policy: tablesSpecSchema.shape.policy,
      /** Somebody's own script, which runs instead of the planned statements. */
      ddl: z.string().nullable(),
      report: tablesReportSchema.nullable(),
    })
    .exactOptional(),
  /** Of a load that is merged: what is kept so that it can be undone, and until when; null: for ever. */
  undo: z.object({ bytes: z.number(), keptUntil: z.string().nullable() }).exactOptional(),
  error: errorFactsSchema.nullable(),
  events: z.array(jobEventSchema).readonly(),
  /** The command line that does the same. */
  command: z.string(),
  /** How the mapping's table names stand in the target. */
  naming: z
    .object({
      /** Of tables whose name has none; null: the first of the search path. */
      schema: z.string().nullable(),
      /** false: ASCII letters are stored in lower case. */
      quoteNames: z.boolean(),
    })
    .exactOptional(),
});
export type JobDetail = z.infer<typeof jobDetailSchema>;

/** One point of the speed chart. */
const speedPointSchema = z.object({
  /** Seconds since the job's start in this host. */
  at: z.number(),
  rowsPerSecond: z.number(),
  bytesPerSecond: z.number(),
});
export type SpeedPoint = z.infer<typeof speedPointSchema>;

/** What a watcher of one job hears: how it stands first, then what changes; ends with the job's end. */
export const jobWatchEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('snapshot'),
    detail: jobDetailSchema,
    /** null: not running, or in another process. */
    progress: jobProgressSchema.nullable(),
    history: z.array(speedPointSchema).readonly(),
    log: z.array(logLineSchema).readonly(),
  }),
  z.object({ type: z.literal('progress'), progress: jobProgressSchema }),
  z.object({ type: z.literal('log'), lines: z.array(logLineSchema).readonly() }),
  z.object({ type: z.literal('changed'), detail: jobDetailSchema }),
]);
export type JobWatchEvent = z.infer<typeof jobWatchEventSchema>;

/** A load as the window orders it. */
export const loadRequestSchema = loadSpecSchema
  .omit({ loadId: true, workers: true })
  .extend({
    /** An order that comes a second time under the same id is the same load, so one whose answer was lost can be repeated. */
    loadId: z.uuid().toLowerCase().exactOptional(),
    workers: z.number().int().min(1).max(64).exactOptional(),
  })
  .refine(({ dryRun, review }) => !(dryRun && review), {
    path: ['review'],
    message: 'a dry run leaves nothing that could wait for a review',
  });
export type LoadRequest = z.infer<typeof loadRequestSchema>;

export const jobNumberSchema = z.object({ number: z.number().int().min(1) });

export const mergeRequestSchema = jobNumberSchema.extend({
  /** The review that was looked at, and the revision of its resolutions: when it is another by now, nothing is merged. */
  review: z.uuid().exactOptional(),
  revision: z.number().int().exactOptional(),
  /** Merge also when the target has moved on since the review. */
  acceptMoved: z.boolean().exactOptional(),
});
