import type { LoadSpec } from '#contract/load';
import { hireWorker, type JobContext } from './job-context.ts';

/** Drops what a load staged, on one worker. @throws LoadstoneError, or what `isCancelled` holds for. */
export async function runDiscard(context: JobContext, spec: LoadSpec): Promise<void> {
  const worker = hireWorker(context, 'discard');
  try {
    await worker.run<'load.discard'>({ kind: 'load.discard', spec }, { cancel: context.cancel });
  } finally {
    await worker.stop();
  }
}
