import type { RejectFilter, RejectRow } from '#contract/api/reject-pages';
import type { ConnectionTarget } from '#contract/connection';
import type { PgClient } from '#engine/postgres/client';
import { upgradeLoadstoneSchema } from '#engine/postgres/loadstone-schema';
import { DirectSession } from './direct-session.ts';
import { onServer } from './on-server.ts';
import { filterCondition, ROW_COLUMNS, rejectSource, rowOf, whereverTheyAre } from './reject-source.ts';
import type { ServerSession } from './server-session.ts';
import { writeRejectsFile } from './write-rejects.ts';

interface WhichRejects {
  readonly loadId: string;
  readonly signal: AbortSignal;
  readonly limit?: number | undefined;
  readonly filter?: RejectFilter | undefined;
}

export interface ReadRejectsOptions extends WhichRejects {
  readonly target: ConnectionTarget;
}

export interface ExportRejectsOptions extends WhichRejects {
  /** The CSV file. */
  readonly path: string;
}

/** Entries fetched together. */
const PAGE = 1_000;

interface Row extends Record<string, string | number | null> {
  readonly file: number;
  readonly sequence: number;
  readonly number: number;
}

type Place = readonly [file: number, sequence: number, number: number];

/**
 * The rejects of a load in order of files and records, one per objection. Of a load that is not merged, those that
 * staging has found so far.
 */
export async function* readRejects(options: ReadRejectsOptions): AsyncGenerator<RejectRow> {
  const session = new DirectSession(options.target);
  try {
    yield* pages(await session.connect(options.signal), options);
  } finally {
    await session.close();
  }
}

/** Writes the rejects into a file, whole or not at all. @returns how many there are. */
export function exportRejects(session: ServerSession, options: ExportRejectsOptions): Promise<number> {
  return onServer(session, (client) => writeRejectsFile(options.path, pages(client, options)), {
    signal: options.signal,
    onRetry: () => undefined,
    attempts: 2,
  });
}

async function* pages(client: PgClient, options: WhichRejects): AsyncGenerator<RejectRow> {
  await upgradeLoadstoneSchema(client);
  let after: Place = [0, 0, -1];
  for (let left = options.limit ?? Number.MAX_SAFE_INTEGER; left > 0; ) {
    options.signal.throwIfAborted();
    const rows = await readPage(client, options, after, Math.min(PAGE, left));
    for (const { number, ...row } of rows) {
      after = [row.file, row.sequence, number];
      yield rowOf(row);
    }
    left -= rows.length;
    if (rows.length < PAGE) return;
  }
}

/** A merge between two pages moves the rejects, and keeps their places. */
function readPage(client: PgClient, options: WhichRejects, after: Place, limit: number): Promise<readonly Row[]> {
  return whereverTheyAre(() => queryPage(client, options, after, limit));
}

async function queryPage(
  client: PgClient,
  { loadId, filter = {} }: WhichRejects,
  after: Place,
  limit: number,
): Promise<readonly Row[]> {
  const source = await rejectSource(client, loadId);
  if (source === null) return [];
  const condition = filterCondition(filter, 6);
  const { rows } = await client.query<Row>(
    `select number, ${ROW_COLUMNS} from ${source.sql} r
     where (file, sequence, number) > ($2, $3, $4) and ${condition.sql} order by file, sequence, number limit $5`,
    [source.parameter, ...after, limit, ...condition.parameters],
  );
  return rows;
}
