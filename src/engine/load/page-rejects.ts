import type { RejectPage, RejectRequest } from '#contract/api/reject-pages';
import type { RejectCode } from '#contract/rejects';
import type { PgClient } from '#engine/postgres/client';
import { type InquiryOptions, inquire } from './inquire.ts';
import {
  filterCondition,
  type RejectSource,
  ROW_COLUMNS,
  rejectSource,
  rowOf,
  stateCondition,
  whereverTheyAre,
} from './reject-source.ts';
import type { ServerSession } from './server-session.ts';

const EMPTY: RejectPage = { entries: [], matching: 0, total: 0, fixed: 0, canRetry: false, codes: [], tables: [] };

/** One page of a load's rejects, filtered, sorted and counted by the server; also while the load runs. */
export function pageRejects(
  session: ServerSession,
  request: RejectRequest,
  options: InquiryOptions,
): Promise<RejectPage> {
  return whereverTheyAre(() => inquire(session, (client) => readPage(client, request), { ...options, upgrade: true }));
}

async function readPage(client: PgClient, request: RejectRequest): Promise<RejectPage> {
  const source = await rejectSource(client, request.loadId);
  if (source === null) return EMPTY;
  const state = stateCondition(request.filter);
  const { rows: codes } = await client.query<{ code: RejectCode; count: string }>(
    `select code, count(*) from ${source.sql} r where ${state} group by code order by count(*) desc, code`,
    [source.parameter],
  );
  const { rows: tables } = await client.query<{ name: string }>(
    `select distinct table_name as name from ${source.sql} r where ${state} and table_name is not null order by 1`,
    [source.parameter],
  );
  return {
    entries: await readEntries(client, source, request),
    matching: await countMatching(client, source, request),
    ...{ fixed: await countFixed(client, source), canRetry: source.canRetry },
    total: codes.reduce((sum, { count }) => sum + Number(count), 0),
    codes: codes.map(({ code, count }) => ({ code, count: Number(count) })),
    tables: tables.map(({ name }) => name),
  };
}

async function readEntries(
  client: PgClient,
  source: RejectSource,
  { filter, sort, offset, limit }: RejectRequest,
): Promise<RejectPage['entries']> {
  const condition = filterCondition(filter, 4);
  const { rows } = await client.query(
    `select ${ROW_COLUMNS} from ${source.sql} r where ${condition.sql} order by ${orderOf(sort)} offset $2 limit $3`,
    [source.parameter, offset, limit, ...condition.parameters],
  );
  return rows.map(rowOf);
}

async function countFixed(client: PgClient, source: RejectSource): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) from ${source.sql} r where r.fixed_by is not null`,
    [source.parameter],
  );
  return Number(rows[0]?.count);
}

async function countMatching(client: PgClient, source: RejectSource, { filter }: RejectRequest): Promise<number> {
  const condition = filterCondition(filter, 2);
  const { rows } = await client.query<{ count: string }>(
    `select count(*) from ${source.sql} r where ${condition.sql}`,
    [source.parameter, ...condition.parameters],
  );
  return Number(rows[0]?.count);
}

const SORTED_BY = {
  place: [],
  table: ['r.table_name'],
  column: ['r.column_name'],
  code: ['r.code'],
  value: ['r.value'],
} as const;

/** Whatever the rejects are sorted by, equal ones stand in order of files and records, so that pages never overlap. */
function orderOf({ by, descending }: RejectRequest['sort']): string {
  const direction = descending ? 'desc' : 'asc';
  const place = ['r.file', 'r.sequence', 'r.number'].map((part) => (by === 'place' ? `${part} ${direction}` : part));
  return [...SORTED_BY[by].map((column) => `${column} ${direction} nulls last`), ...place].join(', ');
}
