import { z } from 'zod';
import { AUDIT_ACTIONS, type AuditAction } from './audit-actions.ts';

/** By which program. */
const AUDIT_PROGRAMS = ['window', 'web', 'cli'] as const;
export type AuditProgram = (typeof AUDIT_PROGRAMS)[number];

const auditFilesSchema = z.object({
  count: z.number().int(),
  bytes: z.number(),
  /** SHA-256 of the list of them as `sha256sum` prints it, in byte order of the paths; null where there is none. */
  digest: z.string().nullable(),
});
export type AuditFiles = Readonly<z.infer<typeof auditFilesSchema>>;

/** Ids count up; as text, because those of a target have 64 bits. */
export const auditIdSchema = z.string().regex(/^\d{1,19}$/);

/** One thing that happened. What a source does not know is null. */
export const auditEntrySchema = z.object({
  id: auditIdSchema,
  /** ISO 8601 in UTC. */
  at: z.string(),
  /** Who it was to the operating system, and on which machine. */
  user: z.string(),
  host: z.string(),
  program: z.enum(AUDIT_PROGRAMS).nullable(),
  action: z.enum(AUDIT_ACTIONS),
  job: z.number().int().nullable(),
  loadId: z.string().nullable(),
  /** `embedded` or `user@host:port/database`; never with a secret. */
  connection: z.string().nullable(),
  /** What came of it, in numbers counted by the database: rows, files, statements. */
  counts: z.record(z.string(), z.number()),
  files: auditFilesSchema.nullable(),
  facts: z.record(z.string(), z.unknown()),
  /** Of a target's: who it was to the database, and from where. */
  session: z.object({ user: z.string(), address: z.string().nullable(), application: z.string() }).nullable(),
});
export type AuditEntry = Readonly<z.infer<typeof auditEntrySchema>>;

/** The action that a source names; what only a newer version knows is `other`. */
export function auditAction(name: string): AuditAction {
  return AUDIT_ACTIONS.find((known) => known === name) ?? 'other';
}
