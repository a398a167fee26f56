import type { UndoConflict } from '#contract/undo';
import { nothingUndone } from '#host/jobs/job-errors';
import type { Api } from '../api.ts';
import type { Services } from '../services.ts';
import { jobOf, loadOf } from './job-of-load.ts';

/** What is asked before and after an undo. */
export function undoHandlers({ jobs: api }: Api, { jobs, inquiries }: Services) {
  return {
    previewUndo: api.previewUndo.handler(async ({ input: { number }, signal }) => {
      const { loadId, connection } = loadOf(jobs, number, nothingUndone);
      const result = await inquiries.ask<'undo.preview'>({ kind: 'undo.preview', connection, loadId }, { signal });
      return { tables: { ...result.tables }, sample: withJobs(jobs, result.sample) };
    }),
    undoConflicts: api.undoConflicts.handler(async ({ input: { number, request }, signal }) => {
      const { loadId, connection } = loadOf(jobs, number, nothingUndone);
      const task = { kind: 'undo.conflicts', connection, request: { ...request, loadId } } as const;
      const page = await inquiries.ask<'undo.conflicts'>(task, { signal });
      return { ...page, conflicts: withJobs(jobs, page.conflicts) };
    }),
  };
}

function withJobs(jobs: Services['jobs'], conflicts: readonly UndoConflict[]): readonly UndoConflict[] {
  const numbers = new Map<string, ReturnType<typeof jobOf>>();
  return conflicts.map((conflict) => {
    const { by } = conflict;
    if (by === undefined) return conflict;
    const job = numbers.get(by.loadId) ?? jobOf(jobs, by.loadId);
    numbers.set(by.loadId, job);
    return { ...conflict, by: { ...by, ...job } };
  });
}
