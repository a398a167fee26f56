import type { SavedConnection } from '#contract/api/connections';
import type { AuditAction } from '#contract/audit-actions';
import type { ConnectionRef } from '#contract/connection';

/** Whose log is shown; null as the connection: this computer's. */
export interface AuditSource {
  readonly connection: ConnectionRef | null;
}

/** What the address calls this computer's log and the embedded database's; others go by their connection's id. */
export const HERE = '';
export const EMBEDDED = 'embedded';

/** @returns undefined for a connection that is not saved (any more) */
export function sourceOf(name: string, saved: readonly SavedConnection[]): AuditSource | undefined {
  if (name === HERE) return { connection: null };
  if (name === EMBEDDED) return { connection: { kind: 'embedded' } };
  const ref = saved.find(({ id }) => id === name)?.ref;
  return ref && { connection: ref };
}

const OF_TARGETS = ['merged', 'retried', 'resolved', 'undone', 'undo_dropped', 'corrections_kept'] as const;
const OF_HERE = [
  ...(['ordered', 'resumed', 'checked', 'resolved', 'approved', 'merged', 'retried', 'tried'] as const),
  ...(['tables_changed', 'failed', 'cancelled', 'interrupted', 'undone', 'discarded', 'undo_dropped'] as const),
  ...(['corrections_kept', 'rejects_exported', 'audit_exported', 'settings_changed'] as const),
  ...(['connection_saved', 'connection_changed', 'connection_removed', 'mapping_saved', 'mapping_removed'] as const),
];

/** What can be asked for; what no version does yet is not among it. */
export function actionsOf({ connection }: AuditSource): readonly AuditAction[] {
  return connection === null ? OF_HERE : OF_TARGETS;
}
