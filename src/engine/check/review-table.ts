import type { TableReview } from '#contract/review';
import type { LoadColumn, LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { all, columnSlices, keyColumns, keysEqual, saysSame, targetOf } from './column-sql.ts';
import { createDiffering, differingFrom } from './differing-rows.ts';
import { targetHasRows } from './has-rows.ts';
import type { LiveRows } from './live-rows.ts';
import { findRepeatedKeys, onRepeatedKey } from './repeated-keys.ts';

/** How the rows of one table that are left meet the target and each other, whatever the policies are. */
export type ReviewedRows = Pick<
  TableReview,
  'new' | 'identical' | 'changed' | 'duplicates' | 'contradicting' | 'columns'
>;

/**
 * Sees how a table's rows meet the target and each other. Leaves its conflicts in the relation `differing`, and the rows
 * that contradict an earlier one of their key in the list of conflicts inside the load.
 */
export async function reviewTable(
  client: PgClient,
  live: LiveRows,
  table: LoadTable,
  differing: string,
): Promise<ReviewedRows> {
  const rows = await countRows(client, `${live.select(table)} s`);
  if (table.key.length === 0) return { ...NONE, new: rows };
  const repeated = await findRepeatedKeys(client, live, table);
  const duplicates = repeated === null ? 0 : await countFurther(client, repeated);
  const contradicting = repeated === null ? 0 : await keepContradictions(client, live, table, repeated);
  const hasRows = await targetHasRows(client, table);
  if (!hasRows) return { ...NONE, new: rows - duplicates, duplicates, contradicting };
  const changed = await createDiffering(client, live, table, { relation: differing, repeated });
  const met = await countRows(
    client,
    `${targetOf(table)} t where exists (select from ${live.select(table)} s where ${keysEqual(table)})`,
  );
  return {
    new: rows - duplicates - met,
    identical: met - changed,
    changed,
    duplicates,
    contradicting,
    columns: await countChanges(client, table, differing),
  };
}

const NONE: ReviewedRows = { new: 0, identical: 0, changed: 0, duplicates: 0, contradicting: 0, columns: {} };

async function countRows(client: PgClient, from: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`select count(*) from ${from}`);
  return Number(rows[0]?.count);
}

/** Rows whose key came before in the load. */
async function countFurther(client: PgClient, repeated: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `select coalesce(sum(times - 1), 0) as count from ${repeated}`,
  );
  return Number(rows[0]?.count);
}

/** Lists the rows that say something else than the row of their key that came before them in this very load. */
async function keepContradictions(
  client: PgClient,
  live: LiveRows,
  table: LoadTable,
  repeated: string,
): Promise<number> {
  const found = columnSlices(table).map((values) => contradictions(live, table, values, repeated));
  const { rowCount } = await client.query(
    `insert into ${live.names.conflicts} (file, seq, line, tab, key, earlier_file, earlier_line) ${found.join(' union ')}`,
  );
  return rowCount ?? 0;
}

/** Those that show in some of the columns. */
function contradictions(live: LiveRows, table: LoadTable, values: readonly LoadColumn[], repeated: string): string {
  const keys = keyColumns(table).map(({ index }) => `s.c${index}`);
  const said = values.flatMap(({ index }) => [`s.c${index}`, `lag(s.c${index}) over w as l${index}`]);
  const same = values.map((column) => saysSame(`c${column.index}`, `l${column.index}`, column));
  return `select file, seq, line, ${table.index}, key, earlier_file, earlier_line from (
      select ${['s.file', 's.seq', 's.line', ...said].join(', ')}, concat_ws(', ', ${keys.map((key) => `${key}::text`).join(', ')}) as key,
        lag(s.file) over w as earlier_file, lag(s.line) over w as earlier_line
      from ${live.select(table)} s join ${repeated} r on ${onRepeatedKey(table)}
      window w as (partition by ${keys.join(', ')} order by s.file, s.seq)) ranked
    where earlier_file is not null and not ${all(same)}`;
}

/** Conflicts by column, under the mapping's names. */
async function countChanges(client: PgClient, table: LoadTable, differing: string): Promise<TableReview['columns']> {
  const { rows } = await client.query<{ column: number; count: string }>(
    `select c as column, count(*) from ${differingFrom(table, differing)} d cross join unnest(d.changed) c group by c order by c`,
  );
  return Object.fromEntries(
    rows.map(({ column, count }) => [table.columns[column]?.written ?? String(column), Number(count)]),
  );
}
