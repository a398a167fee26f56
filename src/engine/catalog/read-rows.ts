import type { RowPage, RowRequest } from '#contract/api/catalog';
import { LoadstoneError } from '#contract/errors';
import type { PgClient } from '#engine/postgres/client';
import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';
import { underSavepoint } from '#engine/postgres/read-only';
import { sqlStateOf } from '#engine/postgres/transient';
import { countRows } from './count-rows.ts';
import { SHOWN, shortened } from './shown-value.ts';
import { tableMissing } from './table-missing.ts';

interface Relation {
  readonly oid: string;
  /** r: table, p: partitioned, f: foreign, v: view, m: materialised view */
  readonly kind: 'r' | 'p' | 'f' | 'v' | 'm';
  readonly estimate: number | null;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

const RELATION = `
  select c.oid::int8 as oid, c.relkind as kind, case when c.relkind in ('r', 'm') then nullif(c.reltuples, -1) end as estimate,
    (select coalesce(json_agg(a.attname order by a.attnum), '[]')
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select coalesce(json_agg(a.attname order by k.place), '[]')
      from pg_constraint p cross join unnest(p.conkey) with ordinality k(attnum, place)
      join pg_attribute a on a.attrelid = p.conrelid and a.attnum = k.attnum
      where p.conrelid = c.oid and p.contype = 'p') as key
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p', 'f', 'v', 'm')`;

/**
 * One page of a table's rows as text.
 * @throws LoadstoneError DATABASE_ERROR when there is no such table, USAGE when it has no such column.
 */
export async function readRows(client: PgClient, request: RowRequest, signal: AbortSignal): Promise<RowPage> {
  const { rows: found } = await client.query<Relation>(RELATION, [request.schema, request.table]);
  const relation = found[0];
  if (relation === undefined) throw tableMissing(request);
  const rows = await readPage(client, relation, request);
  const { total, exact } = await countRows(client, { ...request, ...relation, shown: rows.length, signal });
  return { columns: relation.columns, rows: rows.map((row) => row.map(shortened)), total, exact };
}

type Row = readonly (string | null)[];

const columnOf = (name: string) => `t.${quoteIdentifier(name)}`;

async function readPage(client: PgClient, relation: Relation, request: RowRequest): Promise<readonly Row[]> {
  const { orderBy } = request;
  const key = relation.key.map(columnOf);
  if (orderBy === undefined) return await query(client, relation, request, key);
  if (!relation.columns.includes(orderBy.column)) throw columnMissing(request, orderBy.column);
  const direction = orderBy.descending ? 'desc' : 'asc';
  const sortedBy = (sorted: string) =>
    query(client, relation, request, [`${sorted} ${direction}`, ...(key.length > 0 ? key : PLACE[relation.kind])]);
  const column = columnOf(orderBy.column);
  try {
    return await underSavepoint(client, () => sortedBy(column));
  } catch (thrown) {
    if (sqlStateOf(thrown) !== UNDEFINED_FUNCTION) throw thrown;
    return await sortedBy(`${column}::text`);
  }
}

/** Types such as json and point have no order of their own. */
const UNDEFINED_FUNCTION = '42883';

/** What tells equal rows apart where there is no key, so that pages never overlap. */
const PLACE: Readonly<Record<Relation['kind'], readonly string[]>> = {
  r: ['t.ctid'],
  m: ['t.ctid'],
  p: ['t.tableoid', 't.ctid'],
  f: [],
  v: [],
};

/**
 * Rows asked for in no order come as they lie on disk when one process reads from the table's begin. To sort them by
 * their place would say the same, and read the whole table for every page.
 */
const AS_ON_DISK = 'set local synchronize_seqscans = off; set local max_parallel_workers_per_gather = 0';

async function query(
  client: PgClient,
  { columns }: Relation,
  { schema, table, offset, limit }: RowRequest,
  order: readonly string[],
): Promise<readonly Row[]> {
  if (order.length === 0) await client.query(AS_ON_DISK);
  const values = columns.map((name) => `left(${columnOf(name)}::text, ${SHOWN + 1})`);
  const { rows } = await client.query<{ row: Row }>(
    `select array[${values.join(', ')}]::text[] as row from ${quoteQualified(schema, table)} t
     ${order.length > 0 ? `order by ${order.join(', ')}` : ''} offset $1 limit $2`,
    [offset, limit],
  );
  return rows.map(({ row }) => row);
}

function columnMissing({ schema, table }: RowRequest, column: string): LoadstoneError {
  return new LoadstoneError({
    code: 'USAGE',
    message: `${schema}.${table} has no column ${column} to sort by.`,
    remedy: 'Read the table again and choose one of its columns.',
  });
}
