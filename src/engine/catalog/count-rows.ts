import type { TableName } from '#contract/api/catalog';
import type { PgClient } from '#engine/postgres/client';
import { quoteQualified } from '#engine/postgres/quote';
import { underSavepoint } from '#engine/postgres/read-only';
import { sqlStateOf } from '#engine/postgres/transient';

export interface CountRequest extends TableName {
  readonly oid: string;
  readonly estimate: number | null;
  readonly offset: number;
  readonly limit: number;
  /** Rows that this page has. */
  readonly shown: number;
  readonly signal: AbortSignal;
}

export interface RowCount {
  readonly total: number;
  /** false: the server's estimate. */
  readonly exact: boolean;
}

/** A table of fewer rows is counted in any case. */
const COUNTED_ROWS = 1_000_000;
const COUNT_TIMEOUT_MS = 2_000;
const SURE_COUNT_TIMEOUT_MS = 15_000;
/** Who scrolls through a table does not have it counted for every page. */
const KEPT_MS = 60_000;

/** Counts of each connection's tables; they go with the connection. */
const kept = new WeakMap<PgClient, Map<string, RowCount & { readonly until: number }>>();

/** How many rows a table or view has: counted where that takes no time to speak of, else estimated. */
export async function countRows(client: PgClient, request: CountRequest): Promise<RowCount> {
  const { oid, offset, limit, shown } = request;
  const endSeen = shown < limit && (shown > 0 || offset === 0);
  if (endSeen) return { total: offset + shown, exact: true };
  const known = kept.get(client)?.get(oid);
  const count =
    offset > 0 && known !== undefined && known.until > Date.now() ? known : await countAnew(client, request);
  // A table may have grown beyond what was counted or estimated.
  return { total: Math.max(count.total, shown > 0 ? offset + shown : 0), exact: count.exact };
}

async function countAnew(client: PgClient, request: CountRequest): Promise<RowCount> {
  const exact = await countInTime(client, request);
  const count = exact ?? { total: Math.round(await estimateRows(client, request)), exact: false };
  const counts = kept.get(client) ?? new Map();
  kept.set(client, counts.set(request.oid, { ...count, until: Date.now() + KEPT_MS }));
  return count;
}

const QUERY_CANCELED = '57014';

async function countInTime(client: PgClient, request: CountRequest): Promise<RowCount | null> {
  const sure = request.estimate !== null && request.estimate < COUNTED_ROWS;
  try {
    return await underSavepoint(client, async () => {
      await client.query(`set local statement_timeout = ${sure ? SURE_COUNT_TIMEOUT_MS : COUNT_TIMEOUT_MS}`);
      const { rows } = await client.query<{ count: string }>(`select count(*) from ${nameOf(request)}`);
      return { total: Number(rows[0]?.count), exact: true };
    });
  } catch (thrown) {
    request.signal.throwIfAborted();
    if (sqlStateOf(thrown) === QUERY_CANCELED) return null;
    throw thrown;
  }
}

/** What the catalog says, else what the planner expects: it knows more, and of views too. */
async function estimateRows(client: PgClient, request: CountRequest): Promise<number> {
  if (request.estimate !== null) return request.estimate;
  const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: { readonly 'Plan Rows': number } }[] }>(
    `explain (format json) select from ${nameOf(request)}`,
  );
  return rows[0]?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
}

function nameOf({ schema, table }: TableName): string {
  return quoteQualified(schema, table);
}
