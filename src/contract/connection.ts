import { z } from 'zod';

/** Where a server is and how to get in. `password` lives in memory and in messages between our processes only. */
const connectionTargetSchema = z.object({
  /** A host name, an address, or the folder of a unix socket (absolute path). */
  host: z.string(),
  port: z.number().int(),
  database: z.string(),
  user: z.string(),
  password: z.string().optional(),
  ssl: z.enum(['disable', 'prefer', 'require', 'verify-full']).default('prefer'),
  /** The session's TimeZone, in which a timestamptz without zone is read. */
  timeZone: z.string().optional(),
});
export type ConnectionTarget = z.infer<typeof connectionTargetSchema>;

/** How a job names its server: what the ledger keeps. Holds no secret. */
export const connectionRefSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('embedded') }),
  z.object({
    kind: z.literal('server'),
    host: z.string(),
    port: z.number().int(),
    database: z.string(),
    user: z.string(),
    ssl: z.enum(['disable', 'prefer', 'require', 'verify-full']),
    /** The environment variable that holds the password, when the URL named one. */
    passwordVariable: z.string().optional(),
  }),
]);
export type ConnectionRef = z.infer<typeof connectionRefSchema>;
