import { mergeCounts } from '#contract/audit-counts';
import type { LoadReport, LoadSpec } from '#contract/load';
import type { LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { noteInTarget } from '#engine/postgres/note-in-target';

/** Tells the target's audit log of a merge, in its transaction. */
export async function noteMerge(
  client: PgClient,
  spec: LoadSpec,
  tables: readonly LoadTable[],
  report: Pick<LoadReport, 'tables' | 'files' | 'rejects' | 'bytes' | 'digest'>,
): Promise<void> {
  const written = tables.filter(({ keep }) => keep).map(({ schema, table }) => `${schema}.${table}`);
  await noteInTarget(client, {
    action: spec.retry === undefined ? 'merged' : 'retried',
    loadId: spec.loadId,
    counts: mergeCounts(report),
    files: { count: report.files.loaded, bytes: report.bytes, digest: report.digest ?? null },
    facts: {
      ...{ mapping: spec.mapping.name, tables: written },
      ...(spec.retry !== undefined && { retryOf: spec.retry.loadId }),
    },
  });
}
