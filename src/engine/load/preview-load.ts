import { randomUUID } from 'node:crypto';
import type { ConnectionTarget } from '#contract/connection';
import type { LoadReport, LoadSpec, TableCounts } from '#contract/load';
import type { ConflictPolicy, Mapping } from '#contract/mapping';
import { targetOf } from '#engine/check/column-sql';
import { missingDdl } from '#engine/merge/prepare-targets';
import type { LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { quoteIdentifier } from '#engine/postgres/quote';
import { DirectSession } from './direct-session.ts';
import { discardLoad, finishLoad } from './finish-load.ts';
import { readLoadModel } from './load-model.ts';
import { prepareLoad } from './prepare-load.ts';
import { stageChunks } from './stage-chunks.ts';

export interface PreviewOptions {
  readonly paths: readonly string[];
  readonly mapping: Mapping;
  readonly schema?: string | undefined;
  readonly onConflict?: ConflictPolicy | undefined;
  readonly target: ConnectionTarget;
  /** Rows shown per table. */
  readonly rows: number;
  readonly limitFiles?: number | undefined;
  readonly signal: AbortSignal;
}

export interface PreviewReport {
  readonly files: LoadReport['files'];
  readonly tables: Readonly<
    Record<string, { readonly columns: string[]; readonly rows: (string | null)[][]; readonly counts: TableCounts }>
  >;
  /** Statements that would create what is missing. */
  readonly ddl: readonly string[];
  readonly rejects: LoadReport['rejects'];
  readonly conflicts: LoadReport['conflicts'];
  readonly warnings: LoadReport['warnings'];
  /** The connection's zone, in which a timestamptz without a zone is read. */
  readonly timeZone: string;
}

type Samples = Record<string, { readonly columns: string[]; readonly rows: (string | null)[][] }>;

/**
 * What a load would do, by doing it: the files are staged, checked and merged in a transaction that is rolled back, and
 * the rows are read before that. Shown are rows as they would stand in the target.
 */
export async function previewLoad(options: PreviewOptions): Promise<PreviewReport> {
  const session = new DirectSession(options.target);
  const spec = previewSpec(options);
  const run = {
    spec,
    signal: options.signal,
    onRetry: () => undefined,
    onProgress: () => undefined,
    onTiming: () => undefined,
  };
  try {
    const { fence, chunks } = await prepareLoad(session, { ...run, resume: false });
    const ddl = missingDdl((await readLoadModel(await session.connect(options.signal), spec)).tables);
    const waiting = [...chunks];
    await stageChunks(session, { ...run, fence, nextChunk: async () => waiting.shift() ?? null });
    let samples: Samples = {};
    let timeZone = '';
    const inspect = async (client: PgClient, tables: readonly LoadTable[]) => {
      samples = await sampleRows(client, tables, options.rows);
      timeZone =
        (await client.query<{ zone: string }>(`select current_setting('TimeZone') as zone`)).rows[0]?.zone ?? '';
    };
    const report = await finishLoad(session, { ...run, fence, startedAt: Date.now(), inspect });
    const { files, rejects, conflicts, warnings } = report;
    return { files, rejects, conflicts, warnings, timeZone, ddl, tables: withCounts(samples, report.tables) };
  } finally {
    await discardLoad(session, { ...run, signal: AbortSignal.timeout(DISCARD_TIMEOUT_MS) }).catch(() => undefined);
    await session.close();
  }
}

/** Dropping the staging of a preview takes milliseconds; a server that is gone is not waited for. */
const DISCARD_TIMEOUT_MS = 10_000;

function previewSpec(options: PreviewOptions): LoadSpec {
  return {
    loadId: randomUUID(),
    paths: [...options.paths],
    mapping: options.mapping,
    // The session is given: what stands here is never resolved.
    connection: { kind: 'embedded' },
    schema: options.schema,
    onConflict: options.onConflict,
    onError: 'row',
    workers: 1,
    batchSize: 20_000,
    limit: options.limitFiles,
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
