import { undoCounts } from '#contract/audit-counts';
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
  const { mapping, report } = rows[0] ?? {};
  await noteInTarget(client, {
    action: 'undone',
    loadId,
    counts: undoCounts({ tables }),
    ...(report && { files: { count: report.files.loaded, bytes: report.bytes, digest: report.digest ?? null } }),
    facts: { mapping, tables: Object.keys(tables) },
  });
}
