import type { PreviewReport, PreviewRequest } from '#contract/api/previews';
import type { LoadReport, LoadSpec } from '#contract/load';
import type { StageProgress } from '#contract/worker-messages';
import { targetOf } from '#engine/check/column-sql';
import { missingDdl } from '#engine/merge/prepare-targets';
import type { LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { quoteIdentifier } from '#engine/postgres/quote';
import { discardLoad, finishLoad } from './finish-load.ts';
import { readLoadModel } from './load-model.ts';
import { onServer, type RunOptions } from './on-server.ts';
import { prepareLoad } from './prepare-load.ts';
import { dropAbandoned, newPreviewId } from './preview-staging.ts';
import type { ServerSession } from './server-session.ts';
import { stageChunks } from './stage-chunks.ts';

export interface PreviewOptions extends Partial<Pick<RunOptions, 'onRetry' | 'onTiming'>> {
  readonly request: PreviewRequest;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: StageProgress) => void;
}

type Samples = Record<string, { readonly columns: string[]; readonly rows: (string | null)[][] }>;

/**
 * What a load would do, by doing it: the files are staged, checked and merged in a transaction that is rolled back, and
 * the rows are read before that. Shown are rows as they would stand in the target.
 */
export async function previewLoad(session: ServerSession, options: PreviewOptions): Promise<PreviewReport> {
  const { request, signal } = options;
  const ignore = () => undefined;
  const { onRetry = ignore, onTiming = ignore, onProgress = ignore } = options;
  const run: PreviewRun = { spec: previewSpec(request), signal, onRetry, onTiming, onProgress };
  try {
    return await preview(session, run, request.rows);
  } finally {
    await discard(session, run.spec);
  }
}

interface PreviewRun extends RunOptions {
  readonly spec: LoadSpec;
  readonly onProgress: (progress: StageProgress) => void;
}

async function preview(session: ServerSession, run: PreviewRun, shown: number): Promise<PreviewReport> {
  const { spec, signal, onProgress } = run;
  await onServer(session, dropAbandoned, { ...run, attempts: CONNECT_ATTEMPTS });
  const { fence, chunks, files: planned } = await prepareLoad(session, { ...run, resume: false, spread: true });
  onProgress({ phase: 'scan', files: planned.toStage });
  const ddl = missingDdl((await readLoadModel(await session.connect(signal), spec)).tables);
  const waiting = [...chunks];
  await stageChunks(session, { ...run, fence, nextChunk: async () => waiting.shift() ?? null });
  let samples: Samples = {};
  let timeZone = '';
  const inspect = async (client: PgClient, tables: readonly LoadTable[]) => {
    samples = await sampleRows(client, tables, shown);
    timeZone = (await client.query<{ zone: string }>(`select current_setting('TimeZone') as zone`)).rows[0]?.zone ?? '';
  };
  const report = await finishLoad(session, { ...run, fence, startedAt: Date.now(), inspect });
  // A cancel that found no statement to stop.
  signal.throwIfAborted();
  const { files, rejects, conflicts, warnings } = report;
  const parts = { files, rejects, conflicts, warnings } satisfies Partial<LoadReport>;
  return { ...parts, timeZone, ddl, tables: withCounts(samples, report.tables) };
}

/** A wrong port should be known at once; a server that just restarts gets a second chance. */
const CONNECT_ATTEMPTS = 3;
/** Dropping the staging of a preview takes milliseconds; a server that is gone is not waited for. */
const DISCARD_TIMEOUT_MS = 10_000;

/** Also after a cancel, which is why it has a signal of its own. */
async function discard(session: ServerSession, spec: LoadSpec): Promise<void> {
  const signal = AbortSignal.timeout(DISCARD_TIMEOUT_MS);
  await discardLoad(session, { spec, signal, onRetry: () => undefined, attempts: 2 }).catch(() => undefined);
}

function previewSpec({ paths, mapping, schema, onConflict, retry, limitFiles }: PreviewRequest): LoadSpec {
  return {
    loadId: newPreviewId(),
    paths: [...paths],
    mapping,
    // The session is given: what stands here is never resolved.
    connection: { kind: 'embedded' },
    schema,
    onConflict,
    retry,
    onError: 'row',
    workers: 1,
    batchSize: 20_000,
    limit: limitFiles,
    dryRun: true,
    skipLoaded: false,
  };
}

function withCounts(samples: Samples, counts: LoadReport['tables']): PreviewReport['tables'] {
  return Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [name, { columns: [], rows: [], ...samples[name], counts: count }]),
  );
}

/** Rows of this transaction (the targets are locked, so nothing newer is there), in the order of their files and records. */
async function sampleRows(client: PgClient, tables: readonly LoadTable[], limit: number): Promise<Samples> {
  const samples: Samples = {};
  for (const table of tables.filter(({ keep }) => keep)) {
    const columns = table.columns.map(({ name }) => name);
    const { rows } = await client.query<{ row: (string | null)[] }>(
      `select array[${columns.map((name) => `t.${quoteIdentifier(name)}::text`).join(', ')}] as row from ${targetOf(table)} t
       where age(t.xmin) <= age(pg_current_xact_id()::xid)
       order by t.ctid limit $1`,
      [limit],
    );
    samples[table.name] = { columns: table.columns.map(({ written }) => written), rows: rows.map(({ row }) => row) };
  }
  return samples;
}
