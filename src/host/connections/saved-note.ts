import { isDeepStrictEqual } from 'node:util';
import { connectionText } from '#contract/connection-text';
import type { AuditNote } from '../audit/audit-trail.ts';
import type { ConnectionRecord } from './connection-store.ts';

/** What the audit log says of a connection that was saved; null: it is as it was. Of a password only that it changed. */
export function savedNote(before: ConnectionRecord | undefined, after: ConnectionRecord): AuditNote | null {
  const { name, ref } = after;
  if (before === undefined) return { action: 'connection_saved', connection: ref, facts: { name, ssl: ref.ssl } };
  const changes = {
    ...(before.name !== name && { name: { from: before.name, to: name } }),
    ...(!isDeepStrictEqual(before.ref, ref) && {
      server: { from: connectionText(before.ref), to: connectionText(ref) },
      ssl: { from: before.ref.ssl, to: ref.ssl },
    }),
    ...(!isDeepStrictEqual(before.sealed, after.sealed) && { password: 'changed' }),
  };
  if (Object.keys(changes).length === 0) return null;
  return { action: 'connection_changed', connection: ref, facts: { name, ...changes } };
}
