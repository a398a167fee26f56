import type { ConnectionRef } from './connection.ts';

/** A server in one word, without a secret: `embedded` or `user@host:port/database`. */
export function connectionText(connection: ConnectionRef): string {
  if (connection.kind === 'embedded') return 'embedded';
  return `${connection.user}@${connection.host}:${connection.port}/${connection.database}`;
}
