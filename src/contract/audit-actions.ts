/** Everything that is written down for good, here and in the targets. Without zod: the command line names it first. */
export const AUDIT_ACTIONS = [
  // what a job was asked to do, and what came of it
  'ordered',
  'resumed',
  /** Stopped for review. */
  'checked',
  'resolved',
  'approved',
  'merged',
  /** Rejected rows of an earlier load were loaded. */
  'retried',
  /** A dry run. */
  'tried',
  'tables_changed',
  'exported',
  'backed_up',
  'restored',
  'failed',
  'cancelled',
  /** The process that did it died. */
  'interrupted',
  // what was done with its results
  'undone',
  'discarded',
  'undo_dropped',
  'corrections_kept',
  'rejects_exported',
  'audit_exported',
  // how Loadstone is set up
  'settings_changed',
  'connection_saved',
  'connection_changed',
  'connection_removed',
  'mapping_saved',
  'mapping_removed',
  /** Written by a newer Loadstone. */
  'other',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];
