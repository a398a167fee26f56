import { LoadstoneError } from '#contract/errors';
import type { LoadReport, LoadSpec } from '#contract/load';
import { analyzeKeys } from '#engine/check/analyze-keys';
import { LiveRows } from '#engine/check/live-rows';
import { ResolvedRows } from '#engine/check/resolve-columns';
import type { LoadTable } from '#engine/model/load-table';
import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import type { TargetTable } from '#engine/postgres/introspect';
import { quoteQualified } from '#engine/postgres/quote';
import { keepRecord } from './keep-record.ts';
import { keepWriters } from './keep-writers.ts';
import { assertRejectLimits, enlistFailedFiles, filesWithRejects, refusalLimit } from './limits.ts';
import { type FoundReject, type MergeContext, type MergedTable, NeedsSavepoints } from './merge-context.ts';
import { type MergeStep, MergeWatch } from './merge-progress.ts';
import { mergeTables, type TableListeners } from './merge-tables.ts';
import { noteMerge } from './note-merge.ts';
import { isObjection } from './objections.ts';
import { commentCreated, createKeys, createMissing, createReferences, lockTargets } from './prepare-targets.ts';
import { type CountedReport, countReport } from './record-load.ts';
import { recordFound } from './reject-found.ts';
import { takeWanted } from './take-wanted.ts';
import { undoBytes } from './undo-data.ts';

export interface MergeOptions extends TableListeners {
  readonly spec: LoadSpec;
  readonly names: StagingNames;
  readonly tables: readonly LoadTable[];
  readonly targets: readonly (TargetTable | null)[];
  readonly mappingHash: string;
  readonly recordsHash: string;
  /** The load whose rejects are retried, which the caller holds; null: it is no retry. */
  readonly retryOf: string | null;
  /** For how many days the load can be undone; null: for ever; absent: as long as whoever prunes says. */
  readonly undoDays?: number | null;
  readonly startedAt: number;
  readonly signal: AbortSignal;
  /** False at first; true when an earlier run ended with {@link NeedsSavepoints}. */
  readonly underSavepoints: boolean;
  readonly onProgress: (step: MergeStep) => void;
  /** Called when the targets are locked and nothing is written yet; may throw to have nothing merged. */
  readonly beforeRows?: (resolved: ResolvedRows) => Promise<void>;
}

export type MergeOutcome = Omit<LoadReport, 'job'>;

/** An attempt repeats with what it found; a load in which every attempt finds something new is given up. */
const MAX_ATTEMPTS = 1_000;

/**
 * The merge, inside the caller's open transaction: creates what is missing, locks the targets, moves the rows, counts,
 * and writes the load's record. The caller commits, or rolls a dry run back.
 *
 * @throws LoadstoneError when a limit or policy says that nothing shall be merged, NeedsSavepoints when the merge has to
 * start over; the caller rolls back.
 */
export async function mergeLoad(client: PgClient, options: MergeOptions): Promise<MergeOutcome> {
  const { names, tables } = options;
  await lockTargets(client, tables);
  await createMissing(client, tables);
  await commentCreated(client, tables);
  if (options.underSavepoints) await createKeys(client, tables);
  await waitForCycles(client, options);
  const resolved = new ResolvedRows(client, names, tables);
  await resolved.resolve();
  if (options.retryOf !== null) await resolved.keepOnly(await takeWanted(client, names, tables, options.retryOf));
  await analyzeKeys(client, tables, resolved);
  await options.beforeRows?.(resolved);
  const watch = await MergeWatch.open(client, tables, resolved, options.onProgress);
  try {
    return await mergeRows(client, options, resolved, watch);
  } finally {
    watch.close();
  }
}

async function mergeRows(
  client: PgClient,
  options: MergeOptions,
  resolved: ResolvedRows,
  watch: MergeWatch,
): Promise<MergeOutcome> {
  const { spec, names, tables, signal } = options;
  const found = { rows: [] as FoundReject[], mustRestart: false };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    signal.throwIfAborted();
    watch.restart();
    if (options.underSavepoints) await client.query('savepoint merging');
    const context: MergeContext = {
      client,
      loadId: spec.loadId,
      retryOf: options.retryOf,
      names,
      tables,
      targets: options.targets,
      live: new LiveRows(names, resolved),
      found,
      watch,
      signal,
      underSavepoints: options.underSavepoints,
      refuse: refusalLimit(spec),
    };
    const result = await attemptMerge(context, options);
    if (result !== null) return finish(context, options, result);
    if (!options.underSavepoints) throw new NeedsSavepoints();
    await client.query('rollback to savepoint merging');
  }
  throw new LoadstoneError({
    code: 'TOO_MANY_REJECTS',
    message: `The database refused other rows in each of ${MAX_ATTEMPTS} attempts. Nothing was merged.`,
    remedy: 'Look at the constraints and triggers of the target tables: they reject most of the rows.',
  });
}

interface Attempt {
  readonly merged: ReadonlyMap<number, MergedTable>;
  readonly report: CountedReport;
}

/** @returns null when rows were found that make another attempt necessary. */
async function attemptMerge(context: MergeContext, options: MergeOptions): Promise<Attempt | null> {
  const { client, tables, found } = context;
  const known = found.rows.splice(0);
  found.mustRestart = false;
  for (const table of tables) {
    const rows = known.filter((row) => row.table === table.index);
    if (rows.length > 0) await recordFound(context, table, rows);
  }
  await enlistFailedFiles(context);
  const merged = await mergeTables(context, options);
  found.rows.unshift(...known);
  if (found.mustRestart) return null;
  if (options.spec.onError === 'file' && (await filesWithRejects(context))) return null;
  context.watch.keys();
  if (!options.underSavepoints) await createKeysOrStartOver(client, tables);
  await createReferences(client, tables);
  await client.query('set constraints all immediate');
  await keepWriters(context, merged);
  return { merged, report: await countReport(context, merged) };
}

/** Keys come after the rows, which is faster; a key that an index cannot hold is found only when they come before. */
async function createKeysOrStartOver(client: PgClient, tables: readonly LoadTable[]): Promise<void> {
  try {
    await createKeys(client, tables);
  } catch (thrown) {
    throw isObjection(thrown) ? new NeedsSavepoints() : thrown;
  }
}

async function finish(context: MergeContext, options: MergeOptions, attempt: Attempt): Promise<MergeOutcome> {
  const { spec, undoDays } = options;
  const { report } = attempt;
  const seconds = (Date.now() - options.startedAt) / 1000;
  assertRejectLimits(spec, report, seconds);
  const canUndo = options.tables.every((table) => !table.keep || table.key.length > 0 || table.surrogate !== null);
  const outcome: MergeOutcome = {
    state: report.rejects.total > 0 || report.files.failed > 0 ? 'succeeded_with_rejects' : 'succeeded',
    ...report,
    seconds,
    ...(canUndo && !spec.dryRun && { undo: 'loadstone jobs undo' }),
    ...(!spec.dryRun && { undoBytes: await undoBytes(context.client, attempt.merged) }),
    ...(!spec.dryRun && undoDays !== undefined && { undoDays }),
  };
  await keepRecord(
    context,
    {
      ...{ mappingName: spec.mapping.name, mappingHash: options.mappingHash, recordsHash: options.recordsHash },
      resolutions: spec.resolutions,
    },
    attempt.merged,
    outcome,
  );
  await noteMerge(context.client, spec, options.tables, outcome);
  return outcome;
}

/** Constraints are judged statement by statement, so that an objection names its statement; those inside cycles wait. */
async function waitForCycles(client: PgClient, options: MergeOptions): Promise<void> {
  await client.query('set constraints all immediate');
  for (const table of options.tables) {
    const cyclic = table.references.filter((reference) => reference.cyclic);
    for (const key of options.targets[table.index]?.foreignKeys ?? []) {
      const waits = cyclic.some((reference) => reference.schema === key.schema && reference.table === key.table);
      if (!waits || !key.deferrable) continue;
      // A constraint lives in its table's schema.
      await client.query(`set constraints ${quoteQualified(table.schema, key.name)} deferred`);
    }
  }
}
