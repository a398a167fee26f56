import type { ConnectionRef } from '#contract/connection';

/** `user@host:port/database`; null for the embedded database, whose name is a matter of language. */
export function serverText(connection: ConnectionRef): string | null {
  if (connection.kind === 'embedded') return null;
  return `${connection.user}@${connection.host}:${connection.port}/${connection.database}`;
}

/** Whether both lead to the same place in the same way. */
export function sameConnection(one: ConnectionRef, other: ConnectionRef): boolean {
  if (one.kind === 'embedded' || other.kind === 'embedded') return one.kind === other.kind;
  return serverText(one) === serverText(other) && one.ssl === other.ssl;
}
