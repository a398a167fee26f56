import type { LoadReport } from '#contract/load';
import type { PgClient } from '#engine/postgres/client';
import { isLoadstoneInstalled } from '#engine/postgres/loadstone-schema';

/**
 * The target's own word on whether a load is merged: after a connection was lost during COMMIT, this row decides.
 * @returns the report that was written with the merge, or null.
 */
export async function mergedReport(client: PgClient, loadId: string): Promise<LoadReport | null> {
  if (!(await isLoadstoneInstalled(client))) return null;
  const { rows } = await client.query<{ report: Omit<LoadReport, 'job'> }>(
    'select report from loadstone.loads where load_id = $1',
    [loadId],
  );
  return rows[0] === undefined ? null : { job: loadId, ...rows[0].report };
}
