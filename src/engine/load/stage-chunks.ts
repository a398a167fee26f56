import type { LoadSpec } from '#contract/load';
import { OpenProgress } from '#contract/open-progress';
import type { FileChunk, StageProgress, StageResult } from '#contract/worker-messages';
import { compileForTarget } from '#engine/map/compile-for-target';
import { Mapper } from '#engine/map/mapper';
import { NameTable } from '#engine/model/name-table';
import { stagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { UNDEFINED_TABLE } from '#engine/postgres/sql-states';
import { sqlStateOf } from '#engine/postgres/transient';
import { stagingLost } from '#engine/stage/fence';
import { filesOfChunk } from '#engine/stage/plan-files';
import { correctionsOf } from '#engine/stage/plan-rejected';
import { StageBuffers } from '#engine/stage/stage-buffers';
import { StageTransaction } from '#engine/stage/stage-transaction';
import { readStaging } from '#engine/stage/staging-schema';
import { FileQueue } from './file-queue.ts';
import { onServer, type RunOptions } from './on-server.ts';
import type { ServerSession } from './server-session.ts';
import { StageClock } from './stage-clock.ts';
import { type FileStager, isFull, stageFile } from './stage-file.ts';

export interface StageOptions extends RunOptions {
  readonly spec: LoadSpec;
  readonly fence: number;
  /** Asking for the next chunk says that the one before is committed. null: there is none left. */
  readonly nextChunk: () => Promise<FileChunk | null>;
  readonly onProgress: (progress: StageProgress) => void;
}

/** Stages chunk after chunk, each in a transaction of its own, until there is none left. */
export async function stageChunks(session: ServerSession, options: StageOptions): Promise<StageResult> {
  const total = { files: 0, rows: 0 };
  const progress = new OpenProgress(options.onProgress);
  let stager: FileStager | null = null;
  for (let chunk = await options.nextChunk(); chunk !== null; chunk = await options.nextChunk()) {
    const current = chunk;
    const staged = await onServer(
      session,
      async (client) => {
        stager ??= await makeStager(client, options, progress);
        return stageChunk(client, stager, { ...options, progress }, current);
      },
      options,
    );
    total.files += staged.files;
    total.rows += staged.rows;
  }
  return total;
}

async function makeStager(
  client: PgClient,
  { spec, signal }: StageOptions,
  progress: OpenProgress,
): Promise<FileStager> {
  const names = stagingNames(spec.loadId);
  const staging = await readStaging(client, names);
  if (staging === null) throw stagingLost();
  const nameTable = new NameTable({ prefixes: spec.mapping.source.format === 'xml' });
  return {
    mapping: spec.mapping,
    mapper: new Mapper(compileForTarget(spec.mapping, staging.tables, nameTable)),
    names: nameTable,
    buffers: new StageBuffers(names, staging.tables),
    queue: new FileQueue(),
    batchSize: spec.batchSize,
    failOnReject: spec.onError === 'file',
    signal,
    onBytes: (bytes) => progress.add({ phase: 'stage', bytes }),
  };
}

/** Staging tables that are gone mean the same as staging tables that are empty. */
async function stageChunk(
  client: PgClient,
  stager: FileStager,
  {
    spec,
    fence,
    progress,
    onTiming,
  }: Pick<StageOptions, 'spec' | 'fence' | 'onTiming'> & { readonly progress: OpenProgress },
  chunk: FileChunk,
): Promise<StageResult> {
  const names = stagingNames(spec.loadId);
  let transaction: StageTransaction | null = null;
  try {
    const clock = new StageClock(onTiming);
    transaction = await StageTransaction.begin(client, names, stager.buffers, fence);
    const result = { files: 0, rows: 0 };
    const files = await filesOfChunk(client, names, chunk);
    const corrections = spec.retry === undefined ? null : await correctionsOf(client, names, files);
    stager.queue.begin(files);
    for (const file of files) {
      stager.signal.throwIfAborted();
      const { rows, rejected, tables, failed } = await stageFile(
        stager,
        transaction,
        file,
        corrections?.get(file.id) ?? null,
      );
      result.files += 1;
      result.rows += rows;
      progress.add({ phase: 'stage', files: 1, rows, rejected, tables, failedFiles: failed ? 1 : 0 });
      if (isFull(stager)) await transaction.sendComplete();
    }
    clock.lap({ stage: 'stage', ...result });
    await transaction.commit();
    clock.lap({ stage: 'commit staging' });
    progress.committed();
    return result;
  } catch (thrown) {
    progress.rolledBack();
    await transaction?.rollback();
    if (sqlStateOf(thrown) === UNDEFINED_TABLE) throw stagingLost(thrown);
    throw thrown;
  } finally {
    await stager.queue.end();
  }
}
