import { z } from 'zod';
import { connectionRefSchema } from './connection.ts';
import { loadSpecSchema } from './load.ts';
import { mappingSchema } from './mapping.ts';
import { TABLES_POLICIES } from './tables-policies.ts';

export type TablesPolicy = (typeof TABLES_POLICIES)[number];

/** One thing in which the target differs from what a mapping needs. */
const tableChangeSchema = z.object({
  /** The table as the mapping writes it. */
  table: z.string(),
  /** `fill-column`: the mapping fills what the database fills, or leaves out what must be filled. */
  kind: z.enum([
    'create-table',
    'add-column',
    'widen-type',
    'add-key',
    'add-reference',
    'add-index',
    'comment',
    'fill-column',
  ]),
  /** As PostgreSQL stores them; none for a table as a whole. */
  columns: z.array(z.string()).readonly(),
  /** What the target has: a type; null where it has nothing. */
  from: z.string().nullable(),
  /** What the mapping needs: a type, or the table and columns that are referred to. */
  to: z.string().nullable(),
  safety: z.enum(['safe', 'lossy', 'impossible']),
  reason: z.string(),
  /** `left`: the policy says that the target stays as it is here. */
  outcome: z.enum(['made', 'refused', 'left']),
});
export type TableChange = Readonly<z.infer<typeof tableChangeSchema>>;

/** How a mapping's tables and the target's differ, and what would make them fit. */
export const tablesPlanSchema = z.object({
  policy: z.enum(TABLES_POLICIES),
  state: z.enum(['equal', 'differs', 'refused']),
  changes: z.array(tableChangeSchema).readonly(),
  /** In the order in which they run; none when something is refused. */
  ddl: z.array(z.string()).readonly(),
  /** The mapping without what the target lacks (policy `discard-column`), where that is not the one that was given. */
  mapping: mappingSchema.exactOptional(),
  /** For a window: those of the mapping's tables that hold rows already. */
  filled: z.array(z.string()).readonly().exactOptional(),
});
export type TablesPlan = Readonly<z.infer<typeof tablesPlanSchema>>;

export const tablesRequestSchema = loadSpecSchema
  .pick({ mapping: true, schema: true })
  .extend({ policy: z.enum(TABLES_POLICIES) });
export type TablesRequest = Readonly<z.infer<typeof tablesRequestSchema>>;

/** More than the longest script of a plan by far; a request holds it whole. */
const MOST_SCRIPT_CHARACTERS = 2_000_000;

/** Everything that makes an order of tables repeatable. Stored in the ledger, so it holds no secret. */
export const tablesSpecSchema = tablesRequestSchema
  .extend({
    /** Unique id of the order (UUID): the same one again is the same job. */
    tablesId: z.uuid().toLowerCase(),
    connection: connectionRefSchema,
    /** A script that runs instead of the planned statements. */
    ddl: z.string().max(MOST_SCRIPT_CHARACTERS).optional(),
  })
  .refine(({ policy, ddl }) => policy !== 'freeze' || ddl === undefined, {
    path: ['ddl'],
    message: 'DDL changes tables, and the policy freeze changes none',
  });
export type TablesSpec = Readonly<z.infer<typeof tablesSpecSchema>>;

/** What creating or altering a mapping's tables did, or in a dry run would do. */
export const tablesReportSchema = tablesPlanSchema.extend({
  dryRun: z.boolean(),
  /** Tables by the names that the mapping writes. */
  created: z.array(z.string()).readonly(),
  existing: z.array(z.string()).readonly(),
  /** Whether the statements were somebody's own. */
  edited: z.boolean(),
});
export type TablesReport = Readonly<z.infer<typeof tablesReportSchema>>;
