import { z } from 'zod';
import { auditEntrySchema, auditIdSchema } from '../audit.ts';
import { AUDIT_ACTIONS } from '../audit-actions.ts';
import { connectionRefSchema } from '../connection.ts';

export const auditFilterSchema = z.object({
  action: z.enum(AUDIT_ACTIONS).exactOptional(),
  /** Stands in who, where, or any fact, in any case. */
  text: z.string().max(200).exactOptional(),
  /** From this moment on, and before that one (ISO 8601). */
  from: z.iso.datetime({ offset: true }).exactOptional(),
  to: z.iso.datetime({ offset: true }).exactOptional(),
});
export type AuditFilter = Readonly<z.infer<typeof auditFilterSchema>>;

export const auditRequestSchema = z.object({
  filter: auditFilterSchema,
  /** The newest entry to count from, so that pages fit together while more is written; left out: the newest there is. */
  upTo: auditIdSchema.exactOptional(),
  offset: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(500),
});
export type AuditRequest = Readonly<z.infer<typeof auditRequestSchema>>;

export const auditPageSchema = z.object({
  /** Newest first. */
  entries: z.array(auditEntrySchema).readonly(),
  /** That pass the filter. */
  matching: z.number().int(),
  /** What further pages are to be asked with; null: there is no entry at all. */
  upTo: auditIdSchema.nullable(),
});
export type AuditPage = Readonly<z.infer<typeof auditPageSchema>>;

export const loadFilesRequestSchema = z.object({
  loadId: z.uuid(),
  offset: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(500),
});
export type LoadFilesRequest = Readonly<z.infer<typeof loadFilesRequestSchema>>;

/** The files of a load that is merged or staged, in byte order of their paths. */
export const loadFilesPageSchema = z.object({
  files: z
    .array(
      z.object({
        path: z.string(),
        /** The chosen folder or file that it was found below. */
        root: z.string(),
        bytes: z.number(),
        sha256: z.string(),
      }),
    )
    .readonly(),
  matching: z.number().int(),
});
export type LoadFilesPage = Readonly<z.infer<typeof loadFilesPageSchema>>;

/** Where a load is: by the job that loaded it here, or by its server. */
export const loadPlaceSchema = z.union([
  z.object({ job: z.number().int() }),
  z.object({ connection: connectionRefSchema }),
]);
