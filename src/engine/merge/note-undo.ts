import type { LoadReport } from '#contract/load';
import type { UndoResult } from '#contract/undo';
import type { PgClient } from '#engine/postgres/client';
import { noteInTarget } from '#engine/postgres/note-in-target';

interface MergedRow {
  readonly mapping: string;
  readonly report: Pick<LoadReport, 'files' | 'bytes' | 'digest'>;
}

/** Tells the target's audit log of an undo, in its transaction. */
export async function noteUndo(client: PgClient, loadId: string, { tables }: UndoResult): Promise<void> {
  const { rows } = await client.query<MergedRow>(
    'select mapping_name as mapping, report from loadstone.loads where load_id = $1',
    [loadId],
  );
  const all = Object.values(tables);
  const sum = (of: 'removed' | 'restored' | 'conflicts') => all.reduce((total, counts) => total + counts[of], 0);
  const { mapping, report } = rows[0] ?? {};
  await noteInTarget(client, {
    action: 'undone',
    loadId,
    counts: { removed: sum('removed'), restored: sum('restored'), conflicts: sum('conflicts') },
    ...(report && { files: { count: report.files.loaded, bytes: report.bytes, digest: report.digest ?? null } }),
    facts: { mapping, tables: Object.keys(tables) },
  });
}
