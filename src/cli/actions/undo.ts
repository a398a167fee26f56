import { JOB_TRANSITIONS } from '#contract/jobs';
import type { UndoConflict, UndoResult } from '#contract/undo';
import type { Host, JobRecord } from '#host/job-host';
import { jobState, nothingToUndo } from '#host/jobs/job-errors';
import { type CliContext, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { withHost } from '../open-host.ts';
import type { UndoOptions } from '../options/common.ts';
import { onServerOf } from '../options/target.ts';
import { conflictsOf, renderUndo } from '../render/undo.ts';

/** Conflicts that a document lists; the rest is counted. */
const MOST_LISTED = 1_000;

/** `loadstone jobs undo`: takes a load back, or tells what that would do. */
export function runJobsUndo(context: CliContext, number: number, options: UndoOptions): Promise<number> {
  return withHost(context, options, {}, async (host) => {
    const { job } = host.showJob(number);
    const preview = options.dryRun === true;
    const result = preview ? await previewed(context, job) : await host.undo(number, context.interrupts);
    const named = { ...result, sample: withJobs(host, result.sample) };
    context.terminal.err(renderUndo(number, named, { preview }));
    const total = conflictsOf(result);
    if (options.json) {
      const all = preview || total <= named.sample.length ? named.sample : await listed(context, host, job);
      const state = preview ? job.state : 'undone';
      const document = { job: String(number), state, ...(preview && { dryRun: true }), tables: result.tables };
      await printJson(context, {
        ...document,
        conflicts: all,
        ...(total > all.length && { conflictsListed: all.length }),
      });
    }
    return total > 0 ? EXIT.doneWithRejects : EXIT.done;
  });
}

async function previewed(context: CliContext, job: JobRecord): Promise<UndoResult> {
  const { signal } = context.interrupts;
  if (job.kind !== 'load' || job.spec.dryRun) throw nothingToUndo(job);
  if (!JOB_TRANSITIONS[job.state].includes('undone')) throw jobState(job.number, job.state, 'undone');
  const { previewUndo } = await import('#engine/door');
  return onServerOf(context, job.spec.connection, (session) => previewUndo(session, { loadId: job.loadId, signal }));
}

async function listed(context: CliContext, host: Host, job: JobRecord): Promise<readonly UndoConflict[]> {
  const { signal } = context.interrupts;
  const { pageUndoConflicts } = await import('#engine/door');
  const request = { loadId: job.loadId, after: 0, limit: MOST_LISTED };
  const { conflicts } = await onServerOf(context, job.spec.connection, (session) =>
    pageUndoConflicts(session, request, { signal }),
  );
  return withJobs(host, conflicts);
}

/** Loads of this home have numbers. */
function withJobs(host: Host, conflicts: readonly UndoConflict[]): readonly UndoConflict[] {
  if (!conflicts.some(({ by }) => by !== undefined)) return conflicts;
  const numbers = new Map(host.listJobs().map(({ loadId, number }) => [loadId, number]));
  return conflicts.map((conflict) => {
    const job = conflict.by && numbers.get(conflict.by.loadId);
    return conflict.by === undefined || job === undefined ? conflict : { ...conflict, by: { ...conflict.by, job } };
  });
}
