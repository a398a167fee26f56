import type { LoadSpec } from '#contract/load';
import type { UndoResult } from '#contract/undo';
import { hireWorker, type JobContext } from './job-context.ts';

/** Takes back what a merged load did, on one worker. @throws LoadstoneError, or what `isCancelled` holds for. */
export async function runUndo(context: JobContext, spec: LoadSpec): Promise<UndoResult> {
  const worker = hireWorker(context, 'undo');
  const { loadId, connection } = spec;
  try {
    return await worker.run<'load.undo'>({ kind: 'load.undo', loadId, connection }, { cancel: context.cancel });
  } finally {
    await worker.stop();
  }
}
