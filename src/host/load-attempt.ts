import { statSync } from 'node:fs';
import type { LoadReport, LoadSpec } from '#contract/load';
import { OpenProgress } from '#contract/open-progress';
import type { Approval } from '#contract/review';
import type { PrepareResult, StageProgress, TaskOf } from '#contract/worker-messages';
import { ChunkQueue } from './chunk-queue.ts';
import type { JobContext } from './job-context.ts';
import { LoadTeam } from './load-team.ts';
import { asLead } from './lost-attempt.ts';
import type { ProgressMeter } from './progress-meter.ts';
import { pruneOldUndos } from './prune-undo.ts';
import { endOrphans } from './repair.ts';
import { StageCrew } from './stage-crew.ts';

export interface LoadAttempt {
  readonly spec: LoadSpec;
  readonly resume: boolean;
  readonly approval: Approval | null;
  readonly meter: ProgressMeter;
  /** What is known of a load that failed as a whole. */
  readonly onReport: (report: LoadReport) => void;
}

/** Prepares, stages and merges once, or checks where somebody wants to look first. @throws LostAttempt and STAGING_LOST when it may start again. */
export async function attemptLoad(context: JobContext, attempt: LoadAttempt): Promise<LoadReport> {
  const team = new LoadTeam(context);
  attempt.meter.watchWorkers(() => team.alive);
  const { spec, approval } = attempt;
  const size = Math.min(spec.workers, context.workshop.pool.budget - 1);
  try {
    team.start(approval === null && mayHaveManyFiles(spec) ? size : 0);
    const prepared = await prepare(context, team, attempt);
    if (prepared.merged) return prepared.merged;
    if (prepared.waiting) return prepared.waiting;
    attempt.meter.prepared(prepared);
    await stage(context, team, attempt, prepared, size);
    const finish = spec.review && approval === null ? check : merge;
    const report = await finish(context, team, attempt, prepared);
    if (report.undoBytes !== undefined) await pruneOldUndos(context, team.lead);
    return report;
  } finally {
    await team.dismiss();
  }
}

async function prepare(
  context: JobContext,
  team: LoadTeam,
  { spec, resume, approval, meter }: LoadAttempt,
): Promise<PrepareResult> {
  const { cancel, workshop, server } = context;
  const { lead } = team;
  await asLead(endOrphans(lead, workshop.pool, server, { cancel }));
  const onProgress = meter.add.bind(meter);
  const prepared = await asLead(
    lead.run<'load.prepare'>({ kind: 'load.prepare', spec, resume, ...approved(approval) }, { cancel, onProgress }),
  );
  team.leadGeneration = lead.generation;
  context.note('prepared', { ...prepared.files, chunks: prepared.chunks.length });
  return prepared;
}

/** A single chunk is staged by the lead itself: another process would only start up. */
async function stage(
  context: JobContext,
  team: LoadTeam,
  { spec, meter }: LoadAttempt,
  { fence, chunks }: PrepareResult,
  size: number,
): Promise<void> {
  const queue = new ChunkQueue(chunks);
  const onProgress = meter.add.bind(meter);
  if (chunks.length > 1) {
    const crew = new StageCrew(context, team, { spec, fence, chunks: queue, size, onProgress });
    asLead(team.lead.lost()).catch((error) => crew.abort(error));
    return crew.run();
  }
  const dismissed = team.dismissIdle();
  if (chunks.length === 1) await stageAsLead(context, team, { kind: 'load.stage', spec, fence }, queue, onProgress);
  await dismissed;
}

async function stageAsLead(
  context: JobContext,
  team: LoadTeam,
  task: TaskOf<'load.stage'>,
  queue: ChunkQueue,
  onProgress: (progress: StageProgress) => void,
): Promise<void> {
  const progress = new OpenProgress(onProgress);
  const nextChunk = () => {
    progress.committed();
    return context.cancel.asked.aborted ? null : queue.take();
  };
  const options = { ...leadOptions(context, team), onProgress: progress.add.bind(progress), nextChunk };
  try {
    await asLead(team.lead.run<'load.stage'>(task, options));
  } catch (error) {
    progress.rolledBack();
    throw error;
  }
}

async function check(
  context: JobContext,
  team: LoadTeam,
  attempt: LoadAttempt,
  { fence }: PrepareResult,
): Promise<LoadReport> {
  const options = finishOptions(context, team, attempt);
  return asLead(team.lead.run<'load.check'>({ kind: 'load.check', spec: attempt.spec, fence }, options));
}

async function merge(
  context: JobContext,
  team: LoadTeam,
  attempt: LoadAttempt,
  { fence }: PrepareResult,
): Promise<LoadReport> {
  const { spec, approval } = attempt;
  const options = finishOptions(context, team, attempt);
  const undoDays = context.workshop.undoDays();
  const task = { kind: 'load.merge', spec, fence, ...approved(approval), undoDays } as const;
  return asLead(team.lead.run<'load.merge'>(task, options));
}

function finishOptions(context: JobContext, team: LoadTeam, { meter, onReport }: LoadAttempt) {
  meter.enter('check');
  return { ...leadOptions(context, team), onReport, onProgress: meter.add.bind(meter) };
}

function approved(approval: Approval | null): { readonly approval?: Approval } {
  return approval === null ? {} : { approval };
}

function leadOptions(
  context: JobContext,
  team: LoadTeam,
): Pick<JobContext, 'cancel'> & { readonly generation: number } {
  return { cancel: context.cancel, generation: team.leadGeneration };
}

/** One file is one chunk; stagers that are forked beside the lead would have nothing to do. */
function mayHaveManyFiles(spec: LoadSpec): boolean {
  if (spec.limit === 1) return false;
  return spec.paths.length > 1 || spec.paths.some((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory());
}
