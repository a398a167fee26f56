import { randomUUID } from 'node:crypto';
import type { LoadReport, LoadSpec, TableCounts } from '#contract/load';
import type { TableReview } from '#contract/review';
import type { StageProgress } from '#contract/worker-messages';
import { analyzeKeys } from '#engine/check/analyze-keys';
import type { LiveRows } from '#engine/check/live-rows';
import { ResolvedRows } from '#engine/check/resolve-columns';
import { type ReviewedRows, reviewTable } from '#engine/check/review-table';
import { assertRejectLimits } from '#engine/merge/limits';
import { type CountContext, type CountedReport, countParts, countRead } from '#engine/merge/record-load';
import { takeWanted } from '#engine/merge/take-wanted';
import type { LoadTable } from '#engine/model/load-table';
import { type ReviewNames, reviewNames } from '#engine/model/review-names';
import { type StagingNames, stagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { countMissingReferences, countNulled } from '#engine/review/count-references';
import { createReview, indexReview } from '#engine/review/create-review';
import { keepFirstResolutions } from '#engine/review/kept-resolutions';
import { type KeptReview, keepReview, readReview } from '#engine/review/kept-review';
import { countMovedSince, setConflictsAside } from '#engine/review/moved-conflicts';
import { setLogged, stagedBytes } from '#engine/review/set-logged';
import { holdFence } from '#engine/stage/fence';
import { judgeStaged } from './judge-staged.ts';
import { lockLoad } from './load-lock.ts';
import { readLoadModel } from './load-model.ts';
import { onServer, type RunOptions } from './on-server.ts';
import { lockRetried } from './retried-load.ts';
import { policiesOf } from './review-policies.ts';
import type { ServerSession } from './server-session.ts';
import { StageClock } from './stage-clock.ts';
import { assertAllStaged, assertSameTypes, LARGE_TRANSACTION, orStagingLost } from './staged-load.ts';

export interface CheckOptions extends RunOptions {
  readonly spec: LoadSpec;
  readonly fence: number;
  readonly startedAt: number;
  readonly onProgress: (progress: StageProgress) => void;
}

/**
 * Checks what is staged against the targets without touching them, and keeps the findings beside the staged rows, which
 * outlast a crash of the server from then on.
 * @returns the report of a load that waits for review.
 */
export function checkLoad(session: ServerSession, options: CheckOptions): Promise<LoadReport> {
  return onServer(session, (client) => checkStaged(client, options, null), options);
}

/**
 * @param replaces the review whose place this check takes; null: none. Is there another one, an earlier attempt has
 * committed it before its connection was lost.
 */
export async function checkStaged(
  client: PgClient,
  options: CheckOptions,
  replaces: string | null,
): Promise<LoadReport> {
  const { spec } = options;
  const names = stagingNames(spec.loadId);
  const review = reviewNames(names);
  await lockLoad(client, spec.loadId, options.signal);
  const kept = await readReview(client, review);
  if (kept !== null && kept.id !== replaces) return { job: spec.loadId, ...kept.report };
  const clock = new StageClock(options.onTiming);
  try {
    const { report } = await checkInTransaction(client, { ...options, names, review, again: kept !== null });
    clock.lap({ stage: 'check' });
    await client.query('commit');
    clock.lap({ stage: 'commit check' });
    return { job: spec.loadId, ...report };
  } catch (thrown) {
    throw await orStagingLost(client, names, thrown);
  }
}

interface Check extends CheckOptions {
  readonly names: StagingNames;
  readonly review: ReviewNames;
  readonly again: boolean;
}

/** One picture of the targets from the first table to the last, and no lock on them: a check may take minutes. */
async function checkInTransaction(client: PgClient, check: Check): Promise<KeptReview> {
  const { spec, names, review, fence } = check;
  await client.query(`begin isolation level repeatable read; ${LARGE_TRANSACTION}; set local synchronous_commit = on`);
  await holdFence(client, names, fence);
  await assertAllStaged(client, names);
  // No resolution plays a part in what a check finds.
  const { tables } = await readLoadModel(client, { ...spec, resolutions: undefined });
  await assertSameTypes(client, names, tables, { reviewed: check.again });
  if (check.again) await setConflictsAside(client, review, tables);
  await createReview(client, names, review);
  const { found, live } = await find(client, check, tables);
  const { counted, tables: reviewed } = await count({ client, names: review, tables, live }, found);
  assertRejectLimits(spec, counted, secondsOf(check));
  await keepFirstResolutions(client, review, tables, spec.resolutions ?? { version: 1 });
  const moved = check.again ? await countMovedSince(client, review, tables) : 0;
  await indexReview(client, review);
  await setLogged(client, names);
  const id = randomUUID();
  const checkedAt = new Date().toISOString();
  const bytes = await stagedBytes(client, names);
  const summary = { id, checkedAt, stagedBytes: bytes, tables: reviewed, ...(moved > 0 && { moved }) };
  const files = { ...counted.files, loaded: 0 };
  const state = 'waiting_for_review' as const;
  const report = { ...counted, files, state, seconds: secondsOf(check), review: summary };
  const kept: KeptReview = { id, report, policies: policiesOf(spec), tables };
  await keepReview(client, review, kept);
  return kept;
}

function secondsOf({ startedAt }: Check): number {
  return (Date.now() - startedAt) / 1000;
}

type Found = ReadonlyMap<number, ReviewedRows>;

async function find(
  client: PgClient,
  { spec, review, signal, onProgress }: Check,
  tables: readonly LoadTable[],
): Promise<{ readonly found: Found; readonly live: LiveRows }> {
  const retryOf = spec.retry === undefined ? null : await lockRetried(client, spec.retry.loadId);
  const resolved = new ResolvedRows(client, review, tables);
  await resolved.resolve();
  if (retryOf !== null) await resolved.keepOnly(await takeWanted(client, review, tables, retryOf));
  await analyzeKeys(client, tables, resolved);
  const found = new Map<number, ReviewedRows>();
  const live = await judgeStaged(client, {
    ...{ spec, names: review, tables, resolved, signal },
    look: async (live, table) => {
      onProgress({ phase: 'check', table: table.name });
      found.set(table.index, await reviewTable(client, live, table, review.differing(table.index)));
    },
  });
  return { found, live };
}

interface Counted {
  readonly counted: CountedReport;
  readonly tables: Readonly<Record<string, TableReview>>;
}

/** @throws Error when what was read is not what was accounted for. */
async function count(context: CountContext & { readonly names: ReviewNames }, found: Found): Promise<Counted> {
  const { client, names: review, tables } = context;
  const counts: Record<string, TableCounts> = {};
  const reviewed: Record<string, TableReview> = {};
  for (const table of tables.filter(({ keep }) => keep)) {
    const { read, rejected } = await countRead(context, table);
    const rows = found.get(table.index) as ReviewedRows;
    counts[table.name] = { read, inserted: 0, updated: 0, unchanged: 0, skipped: 0, rejected };
    reviewed[table.name] = {
      ...rows,
      rejected,
      missingReferences: await countMissingReferences(client, review, table),
      nulledReferences: await countNulled(client, review, table),
    };
    if (read === rows.new + rows.identical + rows.changed + rows.duplicates + rejected) continue;
    throw new Error(`rows of ${table.name} do not add up: ${read} read, ${JSON.stringify(reviewed[table.name])}`);
  }
  return { counted: { ...(await countParts(context)), tables: counts }, tables: reviewed };
}
