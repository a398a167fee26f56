import { LoadstoneError } from '#contract/errors';
import type { LoadReport, LoadSpec } from '#contract/load';
import type { StageProgress } from '#contract/worker-messages';
import { NeedsSavepoints } from '#engine/merge/merge-context';
import { type MergeOutcome, mergeLoad } from '#engine/merge/merge-load';
import { lockTableCreation } from '#engine/merge/prepare-targets';
import type { LoadTable } from '#engine/model/load-table';
import { type StagingNames, stagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { sqlStateOf } from '#engine/postgres/transient';
import { holdFence, stagingLost } from '#engine/stage/fence';
import { readPlan } from '#engine/stage/plan-files';
import { dropStaging, readStaging } from '#engine/stage/staging-schema';
import { lockLoad, unlockLoad } from './load-lock.ts';
import { mappingHash, readLoadModel } from './load-model.ts';
import { mergedReport } from './merged-report.ts';
import { onServer, type RunOptions } from './on-server.ts';
import { recordsHash } from './records-hash.ts';
import { lockRetried } from './retried-load.ts';
import type { ServerSession } from './server-session.ts';
import { StageClock } from './stage-clock.ts';

export interface FinishOptions extends RunOptions {
  readonly spec: LoadSpec;
  readonly fence: number;
  readonly startedAt: number;
  readonly onProgress: (progress: StageProgress) => void;
  /** Looks at the merged tables before the transaction ends; for previews, which are dry runs. */
  readonly inspect?: (client: PgClient, tables: readonly LoadTable[]) => Promise<void>;
}

/** Memory for hashes and sorts of the one session that merges. */
const WORK_MEM = '128MB';
const MAINTENANCE_WORK_MEM = '256MB';
/** Somebody who holds a target longer than this is not waited for: the load stays resumable. */
const LOCK_TIMEOUT = '60s';

/**
 * Checks and merges what is staged, in one transaction, and drops the staging in it. A dry run does the same and rolls
 * back. After a lost connection the load's row in the target tells whether the merge happened.
 */
export function finishLoad(session: ServerSession, options: FinishOptions): Promise<LoadReport> {
  return onServer(session, (client) => finish(client, options), options);
}

async function finish(client: PgClient, options: FinishOptions): Promise<LoadReport> {
  const { spec } = options;
  const names = stagingNames(spec.loadId);
  await lockLoad(client, spec.loadId, options.signal);
  const merged = await mergedReport(client, spec.loadId);
  if (merged !== null) return merged;
  try {
    const outcome = await mergeOrStartOver(client, names, options);
    const clock = new StageClock(options.onTiming);
    await client.query(spec.dryRun ? 'rollback' : 'commit');
    clock.lap({ stage: 'commit merge' });
    if (spec.dryRun) await dropStaging(client, names);
    await unlockLoad(client, spec.loadId);
    return { job: spec.loadId, ...outcome };
  } catch (thrown) {
    // Undefined table: the staging schema was dropped from outside.
    if (sqlStateOf(thrown) === UNDEFINED_TABLE && (await isStagingGone(client, names))) throw stagingLost(thrown);
    throw thrown;
  }
}

const UNDEFINED_TABLE = '42P01';

/** Leaves the merge's transaction open. Rows that the server refuses are looked for in a second run only. */
async function mergeOrStartOver(client: PgClient, names: StagingNames, options: FinishOptions): Promise<MergeOutcome> {
  try {
    return await mergeInTransaction(client, names, options, false);
  } catch (thrown) {
    if (!(thrown instanceof NeedsSavepoints)) throw thrown;
    await client.query('rollback');
    return mergeInTransaction(client, names, options, true);
  }
}

async function mergeInTransaction(
  client: PgClient,
  names: StagingNames,
  options: FinishOptions,
  underSavepoints: boolean,
): Promise<MergeOutcome> {
  await client.query('begin');
  await client.query(
    `set local work_mem = '${WORK_MEM}'; set local maintenance_work_mem = '${MAINTENANCE_WORK_MEM}'; set local lock_timeout = '${LOCK_TIMEOUT}'`,
  );
  await holdFence(client, names, options.fence);
  await assertAllStaged(client, names);
  const outcome = await merge(client, names, options, underSavepoints);
  await dropStaging(client, names);
  return outcome;
}

async function isStagingGone(client: PgClient, names: StagingNames): Promise<boolean> {
  await client.query('rollback');
  return (await readStaging(client, names)) === null;
}

async function merge(
  client: PgClient,
  names: StagingNames,
  options: FinishOptions,
  underSavepoints: boolean,
): Promise<MergeOutcome> {
  const { spec, signal, startedAt, onProgress } = options;
  const retryOf = spec.retry === undefined ? null : await lockRetried(client, spec.retry.loadId);
  // Whether a table exists is looked at under the lock that everyone who creates one holds.
  await lockTableCreation(client);
  const { tables, targets } = await readLoadModel(client, spec);
  await assertSameTypes(client, names, tables);
  const clock = new StageClock(options.onTiming);
  const outcome = await mergeLoad(client, {
    spec,
    names,
    tables,
    targets,
    mappingHash: mappingHash(spec),
    recordsHash: recordsHash(spec.mapping),
    retryOf,
    startedAt,
    signal,
    underSavepoints,
    onTable: (table) => onProgress({ phase: 'merge', table: table.name }),
    onMerged: (table) => clock.lap({ stage: 'check and merge', table: table.name }),
  });
  await options.inspect?.(client, tables);
  return outcome;
}

/** Every planned file must be accounted for: staged, failed or unchanged. */
async function assertAllStaged(client: PgClient, names: StagingNames): Promise<void> {
  const { toStage } = await readPlan(client, names);
  if (toStage > 0) throw stagingLost();
}

/** Rows were staged in the types that the targets had: a table that was created or altered since may want others. */
async function assertSameTypes(client: PgClient, names: StagingNames, tables: readonly LoadTable[]): Promise<void> {
  const staging = await readStaging(client, names);
  if (staging === null) throw stagingLost();
  const types = (all: readonly LoadTable[]) =>
    JSON.stringify(all.map(({ columns }) => columns.map(({ type, castTo, nullable }) => [type, castTo, nullable])));
  if (types(staging.tables) === types(tables)) return;
  throw new LoadstoneError({
    code: 'TARGET_MISMATCH',
    message:
      'A target table was created or altered while the files were staged, and its columns differ now. Nothing was merged.',
    remedy: 'Resume the job: the files are staged again for the table as it is.',
  });
}

/** Removes what a load has staged. A load that is merged stays merged. */
export function discardLoad(
  session: ServerSession,
  options: Pick<RunOptions, 'signal' | 'onRetry' | 'attempts'> & { readonly spec: LoadSpec },
): Promise<null> {
  return onServer(
    session,
    async (client) => {
      await lockLoad(client, options.spec.loadId, options.signal);
      await dropStaging(client, stagingNames(options.spec.loadId));
      await unlockLoad(client, options.spec.loadId);
      return null;
    },
    options,
  );
}
