import { newerBy, policyKind, withPolicy } from '#engine/model/column-policy';
import type { ColumnPolicy, LoadColumn, LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import {
  all,
  any,
  columnSlices,
  comparable,
  failsBy,
  keyColumns,
  keysEqual,
  saysSame,
  targetOf,
  targetValue,
} from './column-sql.ts';
import type { LiveRows } from './live-rows.ts';
import { onRepeatedKey } from './repeated-keys.ts';
import { skipSettledChains } from './settled-chains.ts';

export interface ChainOptions {
  readonly targetHasRows: boolean;
  readonly repeated: string;
  readonly outcomes: string;
  /** Decisions on single conflicts (see keepDecisions), or null. */
  readonly decisions: string | null;
}

/**
 * Makes the chains of a table, and adds the outcomes of their rows. Rows of one key, the target's first (`rank` 0), then
 * the staged ones in byte order of paths and document order, each with what it says (`c…`), the state (`v…`) that the
 * target's row has after it, and whether it contradicts (`contradicts`) the row before it in the load, which stands in
 * `earlier_file`, `earlier_line`.
 *
 * @returns an item of a FROM clause. It may be a join: its columns are to be named one by one.
 */
export async function createChains(
  client: PgClient,
  live: LiveRows,
  table: LoadTable,
  options: ChainOptions,
): Promise<string> {
  const names = columnSlices(table).map((_, i) => `chains_${table.index}_${i}`);
  const groups = await chainGroups(client, table, options);
  for (const [number, group] of groups.entries()) {
    for (const [i, values] of columnSlices(group.table).entries()) {
      const target = number === 0 ? `create temp table ${names[i]} on commit drop as` : `insert into ${names[i]}`;
      await client.query(`${target} ${chainSlice(live, group, values, options, i)}`);
    }
  }
  const keys = keyColumns(table).map(({ index }) => `c${index}`);
  const [first = '', ...others] = names;
  // Joins of chains that nobody has counted would be looked through again for each row.
  await client.query(`analyze ${first} (rank, file, seq, ${keys.join(', ')})`);
  for (const name of others) await client.query(`analyze ${name} (rank, ${keys.join(', ')})`);
  const joined = others.map((name) => `join ${name} using (${keys.join(', ')}, rank)`);
  const from = others.length === 0 ? first : `(${first} ${joined.join(' ')})`;
  await client.query(`insert into ${options.outcomes} ${chainOutcomes(from, names.length)}`);
  if (options.targetHasRows) await skipSettledChains(client, table, { chains: from, outcomes: options.outcomes });
  return from;
}

/** @returns whether the row `alias` of a chain says something else than the row of its key before it. */
export function contradicts(table: LoadTable, alias: string): string {
  return any(columnSlices(table).map((_, i) => `${alias}.contradicts_${i}`));
}

/** Keys that follow the same policies. */
interface ChainGroup {
  readonly table: LoadTable;
  /** Of the repeated keys `r`, those that belong to the group. */
  readonly keys: string;
}

/** Keys that follow the columns' own policies come first, then those for which something else was chosen. */
async function chainGroups(client: PgClient, table: LoadTable, options: ChainOptions): Promise<readonly ChainGroup[]> {
  const { decisions } = options;
  if (decisions === null || table.choices.length === 0) return [{ table, keys: 'true' }];
  const { rows } = await client.query<{ use: ReturnType<typeof policyKind>; by: number }>(
    `select distinct use, by from ${decisions} where repeats > 0 and use is not null order by use, by`,
  );
  const onKey = keyColumns(table).map(({ index }) => `d.c${index} = r.c${index}`);
  const isChosen = (use: string) => `exists (select from ${decisions} d where ${onKey.join(' and ')} and ${use})`;
  const chosen = rows.map(({ use, by }): ChainGroup => {
    const policy: ColumnPolicy = use === 'newer' ? { newer: by } : use;
    const isThis = use === 'newer' ? `d.use = 'newer' and d.by = ${by}` : `d.use = '${use}'`;
    return { table: withPolicy(table, policy), keys: isChosen(isThis) };
  });
  return [{ table, keys: `not ${isChosen('d.use is not null')}` }, ...chosen];
}

/**
 * The chains' rows with one slice of the columns. Each level of the statement adds columns that the next one reads: a
 * window function cannot read another one.
 */
function chainSlice(
  live: LiveRows,
  { table, keys: isInGroup }: ChainGroup,
  values: readonly LoadColumn[],
  options: ChainOptions,
  slice: number,
): string {
  const keys = keyColumns(table).map(({ index }) => `c${index}`);
  const partition = `partition by ${keys.join(', ')}`;
  const levels = [...takenLevels(table, values, partition), statesLevel(values, partition), beforeLevel(values)];
  const from = levels.reduce(
    (inner, level) => `(select *, ${level.join(', ')} from ${inner} l window w as (${partition} order by rank))`,
    'chain',
  );
  const place = slice === 0 ? 'file, seq, line, earlier_file, earlier_line, previous is null as is_first,' : '';
  const said = values.flatMap(({ index }) => [`c${index}`, `v${index}`]);
  return `with chain as (${chainRows(live, table, values, options, isInGroup)})
    select rank, ${place} ${[...keys, ...said].join(', ')}, ${flags(values, slice)} from ${from} l`;
}

/** The target's rows and the staged ones of repeated keys, in one order. */
function chainRows(
  live: LiveRows,
  table: LoadTable,
  values: readonly LoadColumn[],
  { targetHasRows, repeated }: ChainOptions,
  isInGroup: string,
): string {
  const by = decisiveColumn(table, values);
  const columns = [...keyColumns(table), ...values, ...(by === null || values.includes(by) ? [] : [by])];
  const inGroup = `(select * from ${repeated} r where ${isInGroup})`;
  const keys = keyColumns(table).map(({ index }) => `s.c${index}`);
  const fromLoad = `select (row_number() over (partition by ${keys.join(', ')} order by s.file, s.seq))::int as rank,
      s.file, s.seq, s.line, ${columns.map(({ index }) => `s.c${index}`).join(', ')}
    from ${live.select(table)} s join ${inGroup} r on ${onRepeatedKey(table)}`;
  if (!targetHasRows) return fromLoad;
  const target = columns.map((column) => `${targetValue(column)} as c${column.index}`);
  return `select 0 as rank, 0 as file, 0 as seq, 0 as line, ${target.join(', ')}
    from ${targetOf(table)} t join ${inGroup} s on ${keysEqual(table)} union all ${fromLoad}`;
}

/** The column that decides in columns of the slice; null when none of them asks which row is newer. */
function decisiveColumn(table: LoadTable, values: readonly LoadColumn[]): LoadColumn | null {
  const by = newerBy(table);
  const isAsked = values.some(({ policy }) => policyKind(policy) === 'newer');
  return by === null || !isAsked ? null : (table.columns[by] as LoadColumn);
}

/**
 * Counts that tell where a state comes from: rows with the same number share it. Where the newer row counts, a row is
 * taken when its value in the deciding column is greater than the state's; values are compared by their ordinal among
 * the key's (absent: 0), since not every type has a greatest one.
 */
function takenLevels(table: LoadTable, values: readonly LoadColumn[], partition: string): string[][] {
  const by = decisiveColumn(table, values);
  const counted = (by === null || values.includes(by) ? values : [...values, by]).filter(needsCount);
  const counts = counted.map(({ index }) => `count(c${index}) over w as n${index}`);
  if (by === null) return counts.length === 0 ? [] : [counts];
  const value = `c${by.index}`;
  const ordinal = `case when ${value} is null then 0 else dense_rank() over (${partition} order by ${comparable(value, by)} nulls first) end as p`;
  const saying = values.filter((column) => policyKind(column.policy) === 'newer' && column.default !== null);
  return [
    [...counts, ordinal],
    [
      `coalesce(${policyKind(by.policy) === 'newer' ? 'max(p) over w' : stateOf(by, 'nullif(p, 0)', partition)}, 0) as q`,
    ],
    ['p > lag(q, 1, 0::bigint) over w as taken'],
    [
      'count(*) filter (where taken) over w as m',
      ...saying.map(({ index }) => `count(*) filter (where taken and c${index} is not null) over w as m${index}`),
    ],
  ];
}

function needsCount({ policy, default: otherwise }: LoadColumn): boolean {
  return policy === 'merge' || (policy === 'overwrite' && otherwise !== null);
}

function statesLevel(values: readonly LoadColumn[], partition: string): string[] {
  return [
    'lag(rank) over w as previous',
    'lag(file) over w as earlier_file',
    'lag(line) over w as earlier_line',
    ...values.map((column) => `${stateOf(column, `c${column.index}`, partition)} as v${column.index}`),
  ];
}

/**
 * The state of a column after a row. A policy is an operation over the values so far: skip keeps the first, overwrite
 * takes the last, merge the first that is not empty, newer that of the last row that was taken.
 */
function stateOf({ index, policy, default: otherwise }: LoadColumn, value: string, partition: string): string {
  if (typeof policy === 'object') {
    return `first_value(${value}) over (${partition}, ${otherwise === null ? 'm' : `m${index}`} order by rank)`;
  }
  switch (policy) {
    case 'skip':
    case 'fail':
      return `first_value(${value}) over w`;
    case 'overwrite':
      return otherwise === null ? value : `first_value(${value}) over (${partition}, n${index} order by rank)`;
    case 'merge':
      return `case when n${index} > 0 then first_value(${value}) over (${partition} order by (${value} is null), rank) end`;
    default:
      return policy satisfies never;
  }
}

/** What the row found: the state before it, and what the row before it said. */
function beforeLevel(values: readonly LoadColumn[]): string[] {
  const before = values.flatMap(({ index }) => [
    `lag(v${index}) over w as b${index}`,
    `lag(c${index}) over w as l${index}`,
  ]);
  return before.length === 0 ? ['null as b'] : before;
}

function flags(values: readonly LoadColumn[], slice: number): string {
  const versions = {
    staged: ({ index }: LoadColumn) => `c${index}`,
    current: ({ index }: LoadColumn) => `b${index}`,
  };
  const same = values.map((column) => saysSame(`c${column.index}`, `b${column.index}`, column));
  const changes = values.map(
    (column) => `${comparable(`v${column.index}`, column)} is distinct from ${comparable(`b${column.index}`, column)}`,
  );
  const repeats = values.map((column) => saysSame(`c${column.index}`, `l${column.index}`, column));
  return [
    `${all(same)} as same_${slice}`,
    `${failsBy(values, versions)} as fails_${slice}`,
    `${any(changes)} as changes_${slice}`,
    `previous > 0 and not ${all(repeats)} as contradicts_${slice}`,
  ].join(', ');
}

function chainOutcomes(from: string, slices: number): string {
  const each = (flag: string) => Array.from({ length: slices }, (_, i) => `c.${flag}_${i}`);
  return `select c.file, c.seq, c.line, case when c.is_first then 'first' when ${all(each('same'))} then 'unchanged'
      when ${any(each('fails'))} then 'fails' when ${any(each('changes'))} then 'updated' else 'skipped' end, true
    from ${from} c where c.rank > 0`;
}
