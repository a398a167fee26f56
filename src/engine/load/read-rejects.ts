import type { ConnectionTarget } from '#contract/connection';
import type { RejectEntry } from '#contract/rejects';
import { tableNames } from '#engine/merge/keep-record';
import { stagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { isLoadstoneInstalled } from '#engine/postgres/loadstone-schema';
import { readStaging } from '#engine/stage/staging-schema';
import { DirectSession } from './direct-session.ts';

export interface ReadRejectsOptions {
  readonly target: ConnectionTarget;
  readonly loadId: string;
  readonly signal: AbortSignal;
  readonly limit?: number | undefined;
}

/** Entries fetched together. */
const PAGE = 1_000;

interface Row extends Record<string, string | number | null> {
  readonly file: number;
  readonly sequence: number;
  readonly number: number;
}

/**
 * The rejects of a load in order of files and records, one per objection. Of a load that is not merged, those that
 * staging has found so far.
 */
export async function* readRejects(options: ReadRejectsOptions): AsyncGenerator<RejectEntry> {
  const session = new DirectSession(options.target);
  try {
    const client = await session.connect(options.signal);
    const source = await rejectSource(client, options.loadId);
    if (source !== null) yield* pages(client, source, options);
  } finally {
    await session.close();
  }
}

/** @returns a relation of the rejects with named columns, or null when the load left none. */
async function rejectSource(client: PgClient, loadId: string): Promise<{ sql: string; parameter: string } | null> {
  if (await isMerged(client, loadId)) {
    return { sql: '(select * from loadstone.rejects where load_id = $1::uuid)', parameter: loadId };
  }
  const names = stagingNames(loadId);
  const staging = await readStaging(client, names);
  if (staging === null) return null;
  return {
    sql: `(select r.file, r.seq as sequence, r.number, p.path, r.line, $1::jsonb -> r.tab ->> 'name' as table_name,
        $1::jsonb -> r.tab -> 'columns' ->> r.col as column_name, r.field, r.value, r.code, r.message
      from ${names.rejects} r join ${names.plan} p on p.id = r.file)`,
    parameter: JSON.stringify(tableNames(staging.tables)),
  };
}

async function isMerged(client: PgClient, loadId: string): Promise<boolean> {
  if (!(await isLoadstoneInstalled(client))) return false;
  const { rowCount } = await client.query('select from loadstone.loads where load_id = $1', [loadId]);
  return rowCount === 1;
}

async function* pages(
  client: PgClient,
  source: { readonly sql: string; readonly parameter: string },
  { signal, limit = Number.MAX_SAFE_INTEGER }: ReadRejectsOptions,
): AsyncGenerator<RejectEntry> {
  let after: readonly number[] = [0, 0, -1];
  for (let left = limit; left > 0; ) {
    signal.throwIfAborted();
    const { rows } = await client.query<Row>(
      `select file, sequence, number, path, line, table_name as "table", column_name as "column", field, value, code, message
       from ${source.sql} r where (file, sequence, number) > ($2, $3, $4) order by file, sequence, number limit $5`,
      [source.parameter, ...after, Math.min(PAGE, left)],
    );
    for (const { file, sequence, number, ...row } of rows) {
      after = [file, sequence, number];
      yield Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as RejectEntry;
    }
    left -= rows.length;
    if (rows.length < PAGE) return;
  }
}
