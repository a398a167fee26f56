import type { Server } from './job-context.ts';
import type { LeasePool } from './leases.ts';
import type { Supervisor } from './supervisor.ts';
import type { RunOptions } from './task-run.ts';

/**
 * Ends the backends that dead workers left on a server and returns their leases. Their work rolls back; without this a
 * long statement of a dead worker would keep its locks and its connection.
 */
export async function endOrphans(
  worker: Supervisor,
  pool: LeasePool,
  server: Server,
  options: RunOptions,
): Promise<void> {
  const orphans = pool.orphans(server.key);
  const pids = orphans.map((lease) => lease.backendPid).filter((pid) => pid !== undefined);
  if (pids.length > 0) await worker.run({ kind: 'backends.end', connection: server.connection, pids }, options);
  pool.reclaim(orphans.filter((lease) => lease.backendPid !== undefined).map((lease) => lease.id));
}
