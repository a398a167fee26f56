import type { MappingInput } from '#contract/mapping';
import { LiveRows } from '#engine/check/live-rows';
import { ResolvedRows } from '#engine/check/resolve-columns';
import { prepareLoad, stageChunks } from '#engine/door';
import { DirectSession } from '#engine/load/direct-session';
import { readLoadModel } from '#engine/load/load-model';
import type { LoadTable } from '#engine/model/load-table';
import { stagingNames } from '#engine/model/staging-names';
import { closeClient, openClient, type PgClient } from '#engine/postgres/client';
import type { TestDatabase } from '#tests/helpers/database';
import { type LoadChanges, loadSpec, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

export interface StagedRows {
  readonly client: PgClient;
  readonly live: LiveRows;
  readonly tables: readonly LoadTable[];
}

/** Stages files as a load would, and calls `look` in a transaction where a merge would begin. Nothing is kept. */
export async function withStagedRows<T>(
  { target }: Pick<TestDatabase, 'target'>,
  files: Readonly<Record<string, string>>,
  mapping: MappingInput,
  look: (staged: StagedRows) => Promise<T>,
  changes: LoadChanges = {},
): Promise<T> {
  using folder = temporaryFolder();
  writeFiles(folder.path, files);
  const spec = loadSpec(folder.path, mapping, changes);
  const ignore = () => undefined;
  const run = { spec, signal: AbortSignal.timeout(60_000), onRetry: ignore, onProgress: ignore, onTiming: ignore };
  const session = new DirectSession(target);
  try {
    const { fence, chunks } = await prepareLoad(session, { ...run, resume: false });
    const waiting = [...chunks];
    await stageChunks(session, { ...run, fence, nextChunk: async () => waiting.shift() ?? null });
  } finally {
    await session.close();
  }
  const client = await openClient(target, { applicationName: 'test helper' });
  try {
    const { tables } = await readLoadModel(client, spec);
    const names = stagingNames(spec.loadId);
    await client.query('begin');
    const resolved = new ResolvedRows(client, names, tables);
    await resolved.resolve();
    return await look({ client, live: new LiveRows(names, resolved), tables });
  } finally {
    await closeClient(client);
  }
}
