import { CancelSwitch } from './cancel-switch.ts';
import { hireWorker, type JobContext } from './job-context.ts';
import { endOrphans } from './repair.ts';

/**
 * After a job whose workers were killed: ends their backends over a worker of its own, so that their locks and leases
 * do not outlive the job by more than the time this takes. What fails here is left to the next job on that server.
 */
export async function sweepOrphans(context: JobContext): Promise<void> {
  const { pool, timing } = context.workshop;
  if (!pool.hasOrphans(context.number)) return;
  const worker = hireWorker(context, 'sweep');
  const cancel = new CancelSwitch();
  let tooLong: NodeJS.Timeout | undefined;
  try {
    // A start has its own limit, and takes long where much is going on.
    await worker.ready(cancel.asked);
    tooLong = setTimeout(() => cancel.force(), timing.sweepMs);
    await endOrphans(worker, pool, context.server, { cancel });
  } catch (err) {
    context.log.warn({ err }, 'connections of ended workers could not be cleared away');
  } finally {
    clearTimeout(tooLong);
    await worker.stop();
  }
}
