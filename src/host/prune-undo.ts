import { isCancelled } from './cancel-switch.ts';
import type { JobContext } from './job-context.ts';
import type { Supervisor } from './supervisor.ts';

/** Of very many old loads the rest has its turn after the next merge. */
const PRUNED_AT_ONCE = 50;

/**
 * After a merge: drops what loads of longer ago keep for their undo, as the setting says. What goes wrong here is no
 * failure of the load, which is done.
 */
export async function pruneOldUndos(context: JobContext, lead: Supervisor): Promise<void> {
  const { workshop, server, cancel, log } = context;
  try {
    const days = workshop.undoDays();
    if (days === null) return;
    const pruned = await lead.run<'undo.prune'>(
      { kind: 'undo.prune', connection: server.connection, days, limit: PRUNED_AT_ONCE },
      { cancel },
    );
    workshop.notePruned(server.connection, days, pruned);
    const { loadIds: _, ...counts } = pruned;
    if (pruned.loads + pruned.kept > 0) log.info({ ...counts, days }, 'undo data of old loads was dropped');
  } catch (err) {
    if (!isCancelled(err)) log.warn({ err }, 'undo data of old loads could not be dropped');
  }
}
