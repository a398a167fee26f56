import { noteInTarget } from '#engine/postgres/note-in-target';
import type { CorrectedLoad } from './keep-corrections.ts';

/** Tells the target's audit log how many values are others than before, in their transaction. */
export async function noteCorrections({ client, rootId }: CorrectedLoad, corrections: number): Promise<void> {
  if (corrections > 0)
    await noteInTarget(client, { action: 'corrections_kept', loadId: rootId, counts: { corrections } });
}
