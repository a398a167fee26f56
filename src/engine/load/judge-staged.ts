import type { LoadSpec } from '#contract/load';
import { judgeGroup } from '#engine/check/judge-group';
import { LiveRows } from '#engine/check/live-rows';
import type { ResolvedRows } from '#engine/check/resolve-columns';
import { enlistFailedFiles, filesWithRejects } from '#engine/merge/limits';
import { referenceGroups } from '#engine/model/describe-tables';
import type { LoadTable } from '#engine/model/load-table';
import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';

export interface JudgeOptions {
  readonly spec: LoadSpec;
  /** Where rejects and what else is derived goes. */
  readonly names: StagingNames;
  readonly tables: readonly LoadTable[];
  readonly resolved: ResolvedRows;
  readonly signal: AbortSignal;
  /** Looks at a table whose rows are judged. */
  readonly look: (live: LiveRows, table: LoadTable) => Promise<void>;
}

/**
 * Judges everything staged as a merge would before it writes, and touches no target. Where a reject costs the whole file,
 * it begins again without the files that fail, until none does.
 * @returns the rows that are left.
 */
export async function judgeStaged(client: PgClient, options: JudgeOptions): Promise<LiveRows> {
  const { spec, names, tables, resolved, signal } = options;
  const fileFails = spec.onError === 'file';
  if (fileFails) await client.query('savepoint merging');
  for (;;) {
    signal.throwIfAborted();
    const live = new LiveRows(names, resolved);
    await enlistFailedFiles({ client, names, tables, live });
    await judgeOnce(client, live, options);
    if (!fileFails || !(await filesWithRejects({ client, names, underSavepoints: true }))) return live;
  }
}

async function judgeOnce(client: PgClient, live: LiveRows, { tables, signal, look }: JudgeOptions): Promise<void> {
  for (const group of referenceGroups(tables)) {
    const members = group.map((number) => tables[number] as LoadTable);
    await judgeGroup({ client, live, tables, isMerged: () => false }, members);
    for (const table of members.filter(({ keep }) => keep)) {
      signal.throwIfAborted();
      await look(live, table);
    }
  }
}
