import type { TablesPlan, TablesRequest } from '#contract/tables-plan';
import { type InquiryOptions, inquire } from './inquire.ts';
import { onServer } from './on-server.ts';
import { planForTarget } from './plan-tables.ts';
import type { ServerSession } from './server-session.ts';
import { throwExplained } from './tables-refusals.ts';

/**
 * How the mapping's tables differ from the target's, and what would make them fit. Changes nothing, locks nothing.
 * Large tables without the key or references that the mapping wants take the time that reading them takes.
 * @throws LoadstoneError MAPPING_INVALID, REFERENCE_CYCLE, TARGET_MISMATCH
 */
export function diffTables(
  session: ServerSession,
  request: TablesRequest,
  { signal }: InquiryOptions,
): Promise<TablesPlan> {
  return onServer(
    session,
    async (client) => {
      await client.query('begin isolation level repeatable read read only');
      const { plan } = await planForTarget(client, request).catch(throwExplained);
      await client.query('rollback');
      return plan;
    },
    { signal, onRetry: () => undefined },
  );
}

/** The same for somebody who waits in front of a window: given up after half a minute. */
export async function glanceAtTables(
  session: ServerSession,
  request: TablesRequest,
  options: InquiryOptions,
): Promise<TablesPlan> {
  const { plan, filled } = await inquire(session, (client) => planForTarget(client, request), options);
  return { ...plan, filled };
}
