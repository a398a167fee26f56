import type { LoadReport, LoadSpec } from '#contract/load';
import type { Approval } from '#contract/review';
import type { StageProgress } from '#contract/worker-messages';
import { NeedsSavepoints } from '#engine/merge/merge-context';
import { type MergeOutcome, mergeLoad } from '#engine/merge/merge-load';
import { lockTableCreation } from '#engine/merge/prepare-targets';
import type { LoadTable } from '#engine/model/load-table';
import { reviewNames } from '#engine/model/review-names';
import { type StagingNames, stagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { readResolutions } from '#engine/review/kept-resolutions';
import { type KeptReview, readReview, reviewGone } from '#engine/review/kept-review';
import { holdFence } from '#engine/stage/fence';
import { dropStaging } from '#engine/stage/staging-schema';
import { assertNotMoved, TargetMoved } from './assert-not-moved.ts';
import { checkStaged } from './check-load.ts';
import { leaveOutLoaded } from './leave-out-loaded.ts';
import { lockLoad, unlockLoad } from './load-lock.ts';
import { mappingHash, readLoadModel } from './load-model.ts';
import { mergedReport } from './merged-report.ts';
import { onServer, type RunOptions } from './on-server.ts';
import { recordsHash } from './records-hash.ts';
import { lockRetried } from './retried-load.ts';
import type { ServerSession } from './server-session.ts';
import { StageClock } from './stage-clock.ts';
import { assertAllStaged, assertSameTypes, LARGE_TRANSACTION, orStagingLost } from './staged-load.ts';

export interface FinishOptions extends RunOptions {
  readonly spec: LoadSpec;
  readonly fence: number;
  readonly startedAt: number;
  readonly onProgress: (progress: StageProgress) => void;
  /** Of a load that was reviewed. */
  readonly approval?: Approval;
  /** For how many days it can be undone; null: for ever; absent: as long as whoever prunes says. */
  readonly undoDays?: number | null;
  /** Looks at the merged tables before the transaction ends; for previews, which are dry runs. */
  readonly inspect?: (client: PgClient, tables: readonly LoadTable[]) => Promise<void>;
}

/**
 * Checks and merges what is staged, in one transaction, and drops the staging in it. A dry run does the same and rolls
 * back. After a lost connection the load's row in the target tells whether the merge happened.
 *
 * A load that was reviewed is merged as its resolutions say. When it was approved after another review, or when the
 * target has moved on since and that was not accepted, it is checked anew and waits again.
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
  const review = options.approval === undefined ? null : await reviewOf(client, names, options.approval);
  if (review !== null && !review.isApproved) return { job: spec.loadId, ...review.kept.report };
  try {
    const outcome = await mergeOrStartOver(client, names, { ...options, ...(review && { revision: review.revision }) });
    const clock = new StageClock(options.onTiming);
    await client.query(spec.dryRun ? 'rollback' : 'commit');
    clock.lap({ stage: 'commit merge' });
    if (spec.dryRun) await dropStaging(client, names);
    await unlockLoad(client, spec.loadId);
    return { job: spec.loadId, ...outcome };
  } catch (thrown) {
    if (review === null || !isOvertaken(thrown)) throw await orStagingLost(client, names, thrown);
    await client.query('rollback');
    if (thrown instanceof TargetMoved) return checkStaged(client, options, review.kept.id);
    return { job: spec.loadId, ...review.kept.report };
  }
}

/** Somebody decided anew after the resolutions were found to be the approved ones. */
class ResolvedAnew extends Error {
  override readonly name = 'ResolvedAnew';
}

/** The load waits again: what was approved is not what would be merged. */
function isOvertaken(thrown: unknown): boolean {
  return thrown instanceof TargetMoved || thrown instanceof ResolvedAnew;
}

interface ApprovedReview {
  readonly kept: KeptReview;
  /** Of the resolutions; those are merged, or nothing is. */
  readonly revision: number;
  /** That very review, and the resolutions that were seen with it. */
  readonly isApproved: boolean;
}

/** @throws LoadstoneError REVIEW_GONE */
async function reviewOf(
  client: PgClient,
  names: StagingNames,
  { reviewId, revision }: Approval,
): Promise<ApprovedReview> {
  const kept = await readReview(client, reviewNames(names));
  if (kept === null) throw reviewGone();
  const now = (await readResolutions(client, reviewNames(names))).revision;
  return { kept, revision: now, isApproved: kept.id === reviewId && (revision ?? now) === now };
}

interface MergeOptions extends FinishOptions {
  /** Of the resolutions that were approved. */
  readonly revision?: number;
}

/** Leaves the merge's transaction open. Rows that the server refuses are looked for in a second run only. */
async function mergeOrStartOver(client: PgClient, names: StagingNames, options: MergeOptions): Promise<MergeOutcome> {
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
  options: MergeOptions,
  underSavepoints: boolean,
): Promise<MergeOutcome> {
  await client.query(`begin; ${LARGE_TRANSACTION}`);
  await holdFence(client, names, options.fence);
  await assertAllStaged(client, names);
  const outcome = await merge(client, names, options, underSavepoints);
  await dropStaging(client, names);
  return outcome;
}

async function merge(
  client: PgClient,
  names: StagingNames,
  options: MergeOptions,
  underSavepoints: boolean,
): Promise<MergeOutcome> {
  const { signal, startedAt, onProgress, approval, undoDays } = options;
  const spec = approval === undefined ? options.spec : await resolvedSpec(client, names, options);
  const retryOf = spec.retry === undefined ? null : await lockRetried(client, spec.retry.loadId);
  // Whether a table exists is looked at under the lock that everyone who creates one holds.
  await lockTableCreation(client);
  const { tables, targets } = await readLoadModel(client, spec);
  await assertSameTypes(client, names, tables, { reviewed: approval !== undefined });
  const clock = new StageClock(options.onTiming);
  const outcome = await mergeLoad(client, {
    spec,
    names,
    tables,
    targets,
    // Of the order: the same one finds its files loaded, whatever was decided about conflicts.
    mappingHash: mappingHash(options.spec),
    recordsHash: recordsHash(spec.mapping),
    retryOf,
    startedAt,
    signal,
    underSavepoints,
    ...(undoDays !== undefined && { undoDays }),
    ...(approval !== undefined && {
      beforeRows: async (resolved) => {
        if (!approval.acceptMoved) await assertNotMoved(client, { spec, names, tables, resolved, signal });
        await leaveOutLoaded(client, names, { spec: options.spec, tables, resolved });
      },
    }),
    onProgress: (step) => onProgress({ phase: 'merge', ...step }),
    onMerged: (table) => clock.lap({ stage: 'check and merge', table: table.name }),
  });
  await options.inspect?.(client, tables);
  return outcome;
}

/**
 * What shall become of conflicts as it was decided, which nobody changes until the transaction has ended.
 * @throws ResolvedAnew
 */
async function resolvedSpec(
  client: PgClient,
  names: StagingNames,
  { spec, revision: approved }: MergeOptions,
): Promise<LoadSpec> {
  const { resolutions, revision } = await readResolutions(client, reviewNames(names), { hold: true });
  if (revision !== approved) throw new ResolvedAnew();
  return { ...spec, resolutions };
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
