import { LoadstoneError } from '#contract/errors';
import type { LoadColumn, LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import {
  comparable,
  keyColumns,
  keysEqual,
  mergedValue,
  saysSame,
  targetOf,
  targetValue,
  valueColumns,
} from './column-sql.ts';
import type { LiveRows } from './live-rows.ts';
import { findRepeatedKeys, onRepeatedKey } from './repeated-keys.ts';

/**
 * How the rows of one table meet the target and each other. The relations live until the end of the transaction:
 * - `outcomes` (file, seq, line, outcome): the rows that are not simply new. Outcome: unchanged, skipped, updated, or
 *   `first` for the first of several rows with one key that the target does not have.
 * - `chains`: per key that the load brings more than once, each row with the state the target row has after it.
 */
export interface Classified {
  readonly outcomes: string;
  readonly chains: string | null;
  /** Keys that the load brings more than once; null when there are none. See {@link findRepeatedKeys}. */
  readonly repeated: string | null;
}

/** @returns null when every row is new and no key comes twice: by far the commonest first load. */
export async function classifyRows(
  client: PgClient,
  live: LiveRows,
  table: LoadTable,
  targetHasRows: boolean,
): Promise<Classified | null> {
  if (table.key.length === 0) return null;
  const repeated = await findRepeatedKeys(client, live, table);
  if (!targetHasRows && repeated === null) return null;
  const outcomes = `outcomes_${table.index}`;
  await client.query(
    `create temp table ${outcomes} (file int not null, seq int not null, line int not null, outcome text not null) on commit drop`,
  );
  if (targetHasRows) await client.query(`insert into ${outcomes} ${singles(live, table, repeated)}`);
  const chains = repeated === null ? null : `chains_${table.index}`;
  if (chains !== null && repeated !== null) {
    await client.query(
      `create temp table ${chains} on commit drop as ${chainStates(live, table, targetHasRows, repeated)}`,
    );
    await client.query(`insert into ${outcomes} ${chainOutcomes(table, chains)}`);
  }
  await client.query(`analyze ${outcomes}`);
  return { outcomes, chains, repeated };
}

function singles(live: LiveRows, table: LoadTable, repeated: string | null): string {
  const values = valueColumns(table);
  const target = (column: LoadColumn) => targetValue(column);
  const same = values.map((column) => saysSame(`s.c${column.index}`, target(column), column));
  const changes = values.map((column) => {
    const merged = mergedValue(`s.c${column.index}`, target(column), column);
    return `${comparable(merged, column)} is distinct from ${comparable(target(column), column)}`;
  });
  return `select s.file, s.seq, s.line, case
      when ${all(same)} then 'unchanged' when ${fails(values, (column) => `s.c${column.index}`, target)} then 'conflict' when ${any(changes)} then 'updated' else 'skipped' end
    from ${live.select(table)} s join ${targetOf(table)} t on ${keysEqual(table)}
    ${repeated === null ? '' : `where not exists (select from ${repeated} r where ${onRepeatedKey(table)})`}`;
}

/** Whether a column that must not change would have to. */
function fails(
  values: readonly LoadColumn[],
  staged: (column: LoadColumn) => string,
  current: (column: LoadColumn) => string,
): string {
  const guarded = values.filter((column) => column.policy === 'fail');
  return any(guarded.map((column) => `not (${saysSame(staged(column), current(column), column)})`));
}

function all(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'true' : `(${conditions.join(' and ')})`;
}

function any(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : `(${conditions.join(' or ')})`;
}

/**
 * Rows of one key, the target's first (rank 0), then the staged ones in byte order of paths and document order, each
 * with the state (`v…`) that the row has after it. A policy is an operation over the values so far: skip keeps the
 * first, overwrite takes the last, merge the first that is not empty.
 */
function chainStates(live: LiveRows, table: LoadTable, targetHasRows: boolean, repeated: string): string {
  const keys = keyColumns(table).map(({ index }) => `c${index}`);
  const values = valueColumns(table);
  const names = [...keys, ...values.map(({ index }) => `c${index}`)];
  const fromTarget = `select 0 as rank, 0 as file, 0 as seq, 0 as line, ${[...keyColumns(table), ...values]
    .map((column) => `${targetValue(column)} as c${column.index}`)
    .join(', ')} from ${targetOf(table)} t join ${repeated} s on ${keysEqual(table)}`;
  const fromLoad = `select (row_number() over (partition by ${keys.map((key) => `s.${key}`).join(', ')} order by s.file, s.seq))::int as rank,
      s.file, s.seq, s.line, ${names.map((name) => `s.${name}`).join(', ')}
    from ${live.select(table)} s join ${repeated} r on ${onRepeatedKey(table)}`;
  return `
    with chain as (${targetHasRows ? `${fromTarget} union all ` : ''}${fromLoad}),
    islands as (select *, ${helperColumns(values)} 0 as helper from chain window w as (partition by ${keys.join(', ')} order by rank))
    select rank, file, seq, line, ${names.join(', ')}${values.map((column) => `, ${stateAfter(column, keys)} as v${column.index}`).join('')}
    from islands window w as (partition by ${keys.join(', ')} order by rank)`;
}

/** How many values of the column were not empty so far: rows with the same number share their last value. */
function helperColumns(values: readonly LoadColumn[]): string {
  return values.map(({ index }) => `count(c${index}) over w as n${index},`).join(' ');
}

function stateAfter(column: LoadColumn, keys: readonly string[]): string {
  const value = `c${column.index}`;
  const partition = keys.join(', ');
  switch (column.policy) {
    case 'skip':
    case 'fail':
      return `first_value(${value}) over w`;
    case 'overwrite':
      return column.default === null
        ? value
        : `first_value(${value}) over (partition by ${partition}, n${column.index} order by rank)`;
    case 'merge':
      return `case when n${column.index} > 0 then first_value(${value}) over (partition by ${partition} order by (${value} is null), rank) end`;
    default:
      return column.policy satisfies never;
  }
}

function chainOutcomes(table: LoadTable, chains: string): string {
  const keys = keyColumns(table)
    .map(({ index }) => `c${index}`)
    .join(', ');
  const values = valueColumns(table);
  const before = values.map(({ index }) => `lag(v${index}) over w as b${index}`);
  const same = values.map((column) => saysSame(`c${column.index}`, `b${column.index}`, column));
  const changes = values.map(
    (column) => `${comparable(`v${column.index}`, column)} is distinct from ${comparable(`b${column.index}`, column)}`,
  );
  return `
    select file, seq, line, case when previous is null then 'first' when ${all(same)} then 'unchanged'
      when ${fails(
        values,
        (column) => `c${column.index}`,
        (column) => `b${column.index}`,
      )} then 'conflict'
      when ${any(changes)} then 'updated' else 'skipped' end
    from (select *, lag(rank) over w as previous${before.map((column) => `, ${column}`).join('')}
          from ${chains} window w as (partition by ${keys} order by rank)) c
    where rank > 0`;
}

/** @throws LoadstoneError CONFLICTS_FOUND when a column whose policy is `fail` would have to change. */
export async function failOnConflicts(
  client: PgClient,
  live: LiveRows,
  table: LoadTable,
  classified: Classified,
): Promise<void> {
  if (valueColumns(table).every((column) => column.policy !== 'fail')) return;
  const { rows } = await client.query<{ count: string; path: string; line: number; key: string }>(
    `select count(*) over () as count, p.path, o.line, concat_ws(', ', ${keyColumns(table)
      .map(({ index }) => `s.c${index}::text`)
      .join(', ')}) as key
     from ${classified.outcomes} o join ${live.select(table)} s using (file, seq) join ${live.names.plan} p on p.id = o.file
     where o.outcome = 'conflict' order by o.file, o.seq limit 1`,
  );
  const first = rows[0];
  if (first === undefined) return;
  throw new LoadstoneError({
    code: 'CONFLICTS_FOUND',
    message: `${first.count} rows of ${table.name} have a key that exists with other values; the first is "${first.key}" in ${first.path}, line ${first.line}. The policy is fail: nothing was merged.`,
    remedy: 'Load with --on-conflict skip, overwrite or merge, or correct the rows.',
    place: { path: first.path, line: first.line },
  });
}
