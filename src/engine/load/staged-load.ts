import { LoadstoneError } from '#contract/errors';
import type { LoadTable } from '#engine/model/load-table';
import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { UNDEFINED_TABLE } from '#engine/postgres/sql-states';
import { sqlStateOf } from '#engine/postgres/transient';
import { stagingLost } from '#engine/stage/fence';
import { readPlan } from '#engine/stage/plan-files';
import { readStaging } from '#engine/stage/staging-schema';

/** Memory for hashes and sorts of the one session that checks or merges. */
const WORK_MEM = '128MB';
const MAINTENANCE_WORK_MEM = '256MB';
/** Somebody who holds a table longer than this is not waited for: the load stays resumable. */
const LOCK_TIMEOUT = '60s';

/** What a transaction over everything staged begins with. */
export const LARGE_TRANSACTION = `set local work_mem = '${WORK_MEM}'; set local maintenance_work_mem = '${MAINTENANCE_WORK_MEM}'; set local lock_timeout = '${LOCK_TIMEOUT}'`;

/** Every planned file must be accounted for: staged, failed or unchanged. */
export async function assertAllStaged(client: PgClient, names: StagingNames): Promise<void> {
  const { toStage } = await readPlan(client, names);
  if (toStage > 0) throw stagingLost();
}

/** Rows were staged in the types that the targets had: a table that was created or altered since may want others. */
export async function assertSameTypes(
  client: PgClient,
  names: StagingNames,
  tables: readonly LoadTable[],
  { reviewed }: { readonly reviewed: boolean },
): Promise<void> {
  const staging = await readStaging(client, names);
  if (staging === null) throw stagingLost();
  const types = (all: readonly LoadTable[]) =>
    JSON.stringify(all.map(({ columns }) => columns.map(({ type, castTo, nullable }) => [type, castTo, nullable])));
  if (types(staging.tables) === types(tables)) return;
  throw new LoadstoneError({
    code: 'TARGET_MISMATCH',
    message:
      'A target table was created or altered since the files were staged, and its columns differ now. Nothing was merged.',
    remedy: reviewed
      ? 'Change the table back and merge the job again, or discard the job and load the files for the table as it is.'
      : 'Resume the job: the files are staged again for the table as it is.',
  });
}

/** @returns the failure of a transaction, as STAGING_LOST where the staging schema was dropped from outside. */
export async function orStagingLost(client: PgClient, names: StagingNames, thrown: unknown): Promise<unknown> {
  if (sqlStateOf(thrown) !== UNDEFINED_TABLE) return thrown;
  await client.query('rollback');
  return (await readStaging(client, names)) === null ? stagingLost(thrown) : thrown;
}
