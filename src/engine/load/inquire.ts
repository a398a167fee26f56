import type { PgClient } from '#engine/postgres/client';
import { upgradeLoadstoneSchema } from '#engine/postgres/loadstone-schema';
import { readOnly } from '#engine/postgres/read-only';
import { onServer } from './on-server.ts';
import type { ServerSession } from './server-session.ts';

export interface InquiryOptions {
  readonly signal: AbortSignal;
  /** It is about Loadstone's own schema, which may be of an older version. */
  readonly upgrade?: true;
}

/** A connection that was kept warm may be dead: then a second one is tried, and no third, because somebody waits. */
const ATTEMPTS = 2;
/** Beyond all time-outs of the server: one that says nothing at all is given up. */
const LONGEST_MS = 90_000;

/** Asks the server something in a read-only transaction that ends whatever happens. */
export function inquire<T>(
  session: ServerSession,
  work: (client: PgClient) => Promise<T>,
  { signal, upgrade }: InquiryOptions,
): Promise<T> {
  const ask = async (client: PgClient) => {
    const timer = setTimeout(() => void session.discard(client), LONGEST_MS);
    try {
      if (upgrade) await upgradeLoadstoneSchema(client);
      return await readOnly(client, () => work(client));
    } finally {
      clearTimeout(timer);
    }
  };
  return onServer(session, ask, { signal, onRetry: () => undefined, attempts: ATTEMPTS });
}
