import { z } from 'zod';
import { connectionRefSchema } from '../connection.ts';

/** A saved server as the window shows it: never with its secret. */
export const savedConnectionSchema = z.object({
  id: z.string(),
  /** What people and `--to` call it. */
  name: z.string(),
  ref: connectionRefSchema,
  /**
   * Where its password is: in the keychain (or the encrypted file), in this run's memory only, or nowhere; then
   * PGPASSWORD and .pgpass are asked.
   */
  password: z.enum(['stored', 'session', 'none']),
});
export type SavedConnection = z.infer<typeof savedConnectionSchema>;

const serverFields = {
  host: z.string().trim().min(1).max(255),
  port: z.number().int().min(1).max(65_535),
  database: z.string().min(1).max(63),
  user: z.string().min(1).max(63),
  ssl: z.enum(['disable', 'prefer', 'require', 'verify-full']),
};

/** What the form holds. */
export const connectionFormSchema = z.object({
  name: z.string().trim().min(1).max(60),
  ...serverFields,
  /** Left out: the password stays as it is. '' takes it away. */
  password: z.string().max(1_000).exactOptional(),
});
export type ConnectionForm = Readonly<z.infer<typeof connectionFormSchema>>;

export const saveConnectionSchema = z.object({ id: z.string().exactOptional(), form: connectionFormSchema });

/** A form being filled in, or a saved connection as it is. */
export const testConnectionSchema = z.union([
  z.object({ id: z.string().exactOptional(), form: connectionFormSchema.omit({ name: true }) }),
  z.object({ ref: connectionRefSchema }),
]);

const CONNECTION_FAULTS = [
  'refused',
  'unknown_host',
  'timed_out',
  'wrong_password',
  'password_missing',
  'no_database',
  'no_user',
  'tls',
  'not_postgres',
  'too_old',
  'no_permission',
  'other',
] as const;

/** What a test found. A server that cannot be used is a finding, not an error. */
export const connectionDiagnosisSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    /** As `18.4`. */
    serverVersion: z.string(),
    /** Whether the line is encrypted. */
    encrypted: z.boolean(),
    /** Whether the user may create schemas in the database, which loading needs. */
    mayLoad: z.boolean(),
    milliseconds: z.number(),
  }),
  z.object({
    ok: z.literal(false),
    fault: z.enum(CONNECTION_FAULTS),
    /** What was tried and what the server or the network said. */
    message: z.string(),
    remedy: z.string(),
  }),
]);
export type ConnectionDiagnosis = z.infer<typeof connectionDiagnosisSchema>;
