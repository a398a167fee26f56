import type { PgClient } from '#engine/postgres/client';
import { isLoadstoneInstalled, upgradeLoadstoneSchema } from '#engine/postgres/loadstone-schema';
import { type InquiryOptions, inquire } from './inquire.ts';
import { onServer } from './on-server.ts';
import type { ServerSession } from './server-session.ts';

/**
 * Asks for what Loadstone keeps in a target, in this version's form: an older installation is brought to it first.
 * @returns null where nothing is installed
 */
export async function inquireKept<T>(
  session: ServerSession,
  work: (client: PgClient) => Promise<T>,
  options: InquiryOptions,
): Promise<T | null> {
  await onServer(session, upgradeLoadstoneSchema, { ...options, onRetry: () => undefined, attempts: 2 });
  return inquire(session, async (client) => ((await isLoadstoneInstalled(client)) ? work(client) : null), options);
}
