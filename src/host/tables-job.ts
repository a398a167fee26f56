import { toErrorFacts } from '#contract/errors';
import type { TablesReport, TablesSpec } from '#contract/tables-plan';
import { isCancelled } from './cancel-switch.ts';
import { hireWorker, type JobContext } from './job-context.ts';
import type { JobEnd } from './job-end.ts';
import type { ProgressMeter } from './progress-meter.ts';
import { endOrphans } from './repair.ts';

/**
 * Creates and alters tables on one worker, in one transaction; never rejects. A worker that is lost is not replaced:
 * whether its commit arrived is seen when the job is run again, which does what is still to be done.
 */
export async function runTables(context: JobContext, spec: TablesSpec, meter: ProgressMeter): Promise<JobEnd> {
  meter.enter('starting');
  try {
    return { state: 'succeeded', report: await create(context, spec, meter) };
  } catch (error) {
    return isCancelled(error) ? { state: 'cancelled' } : { state: 'failed', error: toErrorFacts(error) };
  }
}

async function create(context: JobContext, spec: TablesSpec, meter: ProgressMeter): Promise<TablesReport> {
  const { cancel, workshop, server } = context;
  const worker = hireWorker(context, 'tables');
  meter.watchWorkers(() => (worker.alive ? 1 : 0));
  try {
    await endOrphans(worker, workshop.pool, server, { cancel });
    const onProgress = meter.add.bind(meter);
    return await worker.run<'tables.create'>({ kind: 'tables.create', spec }, { cancel, onProgress });
  } finally {
    await (cancel.forced.aborted ? worker.kill() : worker.stop());
  }
}
