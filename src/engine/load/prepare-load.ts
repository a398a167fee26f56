import { LoadstoneError } from '#contract/errors';
import type { LoadSpec } from '#contract/load';
import type { Approval } from '#contract/review';
import type { PrepareResult, StageProgress } from '#contract/worker-messages';
import { targetIdentity } from '#engine/merge/keep-record';
import { trialMerge } from '#engine/merge/trial';
import type { LoadTable } from '#engine/model/load-table';
import { reviewNames } from '#engine/model/review-names';
import { type StagingNames, stagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { installLoadstoneSchema } from '#engine/postgres/loadstone-schema';
import { readReview, reviewGone } from '#engine/review/kept-review';
import { hashFile } from '#engine/scan/fingerprint';
import { scanPaths } from '#engine/scan/scan-paths';
import { raiseFence } from '#engine/stage/fence';
import {
  doubtfulFiles,
  type LoadIdentity,
  limitFiles,
  markUnchanged,
  numberFiles,
  readPlan,
  recordFound,
  spreadFiles,
} from '#engine/stage/plan-files';
import { createStaging, dropStaging, readStaging } from '#engine/stage/staging-schema';
import { verifyStaged } from '#engine/stage/verify-staged';
import { lockLoad } from './load-lock.ts';
import { mappingHash, readLoadModel } from './load-model.ts';
import { mergedReport } from './merged-report.ts';
import { onServer, type RunOptions } from './on-server.ts';
import { nothingOpen, planRetry } from './retried-load.ts';
import type { ServerSession } from './server-session.ts';
import { StageClock } from './stage-clock.ts';

export interface PrepareOptions extends RunOptions {
  readonly spec: LoadSpec;
  readonly resume: boolean;
  /** Of a load that was reviewed: it is merged with what is staged, whatever became of its files. */
  readonly approval?: Approval;
  /** For previews: of a limit, take files from everywhere instead of the first. */
  readonly spread?: boolean;
  readonly onProgress: (progress: StageProgress) => void;
}

/** A wrong port should be known at once; a server that just restarts gets a second chance. */
const FIRST_ATTEMPTS = 3;
/** Hashed at once: reading is disk-bound, and each hash runs on a thread of its own. */
const PARALLEL_HASHES = 4;

/**
 * Makes a load ready to stage: takes its lock, finds its files, leaves out what was loaded before, and creates the
 * staging, or on resume goes on with the one that is there as far as it still holds. What was checked for a review is
 * left as it is.
 *
 * @throws LoadstoneError LOAD_LOCKED, REVIEW_GONE, PATH_NOT_FOUND, NO_FILES, MAPPING_INVALID, TARGET_MISMATCH, REFERENCE_CYCLE.
 */
export function prepareLoad(session: ServerSession, options: PrepareOptions): Promise<PrepareResult> {
  const attempts = options.resume ? {} : { attempts: FIRST_ATTEMPTS };
  return onServer(session, (client) => prepare(client, options), { ...options, ...attempts });
}

async function prepare(client: PgClient, options: PrepareOptions): Promise<PrepareResult> {
  const { spec } = options;
  await installLoadstoneSchema(client);
  await lockLoad(client, spec.loadId, options.signal);
  const merged = await mergedReport(client, spec.loadId);
  if (merged !== null) return { ...NOTHING_LEFT, merged };
  const names = stagingNames(spec.loadId);
  const review = options.resume ? await readReview(client, reviewNames(names)) : null;
  if (options.approval !== undefined && review === null) throw reviewGone();
  if (review !== null && review.id === options.approval?.reviewId) return prepared(client, names);
  if (review !== null) return { ...NOTHING_LEFT, waiting: { job: spec.loadId, ...review.report } };
  const { tables } = await readLoadModel(client, spec);
  const hash = mappingHash(spec);
  // A retry reads its files anew, with what is written in their place by now.
  const reusable = options.resume && spec.retry === undefined && (await canReuse(client, names, hash, tables));
  if (reusable) await verifyStaged(client, names, { hash: hashFile, signal: options.signal, tables });
  else await plan(client, names, options, tables, hash);
  if (!reusable) await trialMerge(client, names, tables);
  return prepared(client, names);
}

const NOTHING_LEFT: PrepareResult = {
  ...{ fence: 0, chunks: [], bytes: 0 },
  files: { found: 0, unchanged: 0, toStage: 0, staged: 0 },
};

async function prepared(client: PgClient, names: StagingNames): Promise<PrepareResult> {
  const fence = await raiseFence(client, names);
  const { chunks, found, unchanged, staged, toStage, bytes } = await readPlan(client, names);
  return { fence, chunks, files: { found, unchanged, staged, toStage }, bytes };
}

/** Staging can go on only for the same mapping into tables of the same shape. */
async function canReuse(
  client: PgClient,
  names: StagingNames,
  hash: string,
  tables: readonly LoadTable[],
): Promise<boolean> {
  const staging = await readStaging(client, names);
  if (staging === null || staging.fence === 0) return false;
  return staging.mappingHash === hash && JSON.stringify(shapeOf(staging.tables)) === JSON.stringify(shapeOf(tables));
}

/** That a table was created meanwhile does not matter, as long as the staged rows fit. */
function shapeOf(tables: readonly LoadTable[]) {
  return tables.map((table) => ({
    name: `${table.schema}.${table.table}`,
    slots: table.slots.length,
    columns: table.columns.map(({ name, type, castTo, nullable }) => [name, type, castTo, nullable]),
  }));
}

async function plan(
  client: PgClient,
  names: StagingNames,
  options: PrepareOptions,
  tables: readonly LoadTable[],
  hash: string,
): Promise<void> {
  const { spec, signal, onProgress } = options;
  const identity: LoadIdentity = {
    mappingHash: hash,
    targets: await targetIdentity(client, tables),
    skipLoaded: spec.skipLoaded,
  };
  onProgress({ phase: 'scan' });
  const clock = new StageClock(options.onTiming);
  await createStaging(client, names, { tables, mappingHash: hash });
  try {
    await client.query('begin');
    if (spec.retry === undefined) {
      await recordFound(client, names, scanPaths(spec.paths, spec.mapping, { signal }));
      await numberFiles(client, names, identity);
      await settleDoubts(client, names, identity, signal);
    } else await planRetry(client, names, tables, options);
    if (spec.limit !== undefined) await (options.spread ? spreadFiles : limitFiles)(client, names, spec.limit);
    const { found } = await readPlan(client, names);
    if (found === 0) throw spec.retry === undefined ? await noFiles(client, names, spec) : nothingOpen();
    await client.query('commit');
    clock.lap({ stage: 'scan', files: found });
  } catch (thrown) {
    await removeEmpty(client, names);
    throw thrown;
  }
}

/** A load that found nothing to stage leaves nothing; where the connection is lost, the next attempt begins anew. */
async function removeEmpty(client: PgClient, names: StagingNames): Promise<void> {
  await client
    .query('rollback')
    .then(() => dropStaging(client, names))
    .catch(() => undefined);
}

/** Files that only look changed: their content decides. */
async function settleDoubts(
  client: PgClient,
  names: StagingNames,
  identity: LoadIdentity,
  signal: AbortSignal,
): Promise<void> {
  const doubtful = await doubtfulFiles(client, names, identity);
  const unchanged: number[] = [];
  for (let start = 0; start < doubtful.length; start += PARALLEL_HASHES) {
    const together = doubtful.slice(start, start + PARALLEL_HASHES).map(async (file) => {
      // A file that cannot be read is left to staging, which says so.
      const sha256 = await hashFile(file.absolute, { signal }).catch(() => null);
      if (sha256 !== null && file.hashes.includes(sha256)) unchanged.push(file.id);
    });
    await Promise.all(together);
    signal.throwIfAborted();
  }
  if (unchanged.length > 0) await markUnchanged(client, names, unchanged);
}

async function noFiles(client: PgClient, names: StagingNames, spec: LoadSpec): Promise<LoadstoneError> {
  const { rows } = await client.query<{ count: string; path: string; reason: string }>(
    `select count(*) over () as count, path, reason from ${names.skipped} order by path collate "C" limit 1`,
  );
  const left =
    rows[0] === undefined
      ? ''
      : ` ${rows[0].count} files were left out, the first: ${rows[0].path} (${rows[0].reason}).`;
  return new LoadstoneError({
    code: 'NO_FILES',
    message: `No file to load was found below ${spec.paths.join(', ')}.${left} Nothing was loaded.`,
    remedy: 'Choose the folder above, or change include and exclude in the mapping.',
  });
}
