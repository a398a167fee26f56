import type { LoadColumn, LoadTable } from '#engine/model/load-table';
import { MOST_COLUMNS } from '#engine/model/table-limits';
import type { PgClient } from '#engine/postgres/client';
import { keysEqual, saysSame, targetOf, targetValue, valueColumns } from './column-sql.ts';
import type { LiveRows } from './live-rows.ts';
import { onRepeatedKey } from './repeated-keys.ts';

export interface DifferingOptions {
  /** Name of the relation to be created. One that begins with `pg_temp.` lives until the end of the transaction. */
  readonly relation: string;
  /** Keys that the load brings more than once; null when there are none. */
  readonly repeated: string | null;
}

/**
 * Creates (anew) a relation of the conflicts of one table, one row per key that the target has with other values:
 * - `number` (int8): from 1 on, in the order of files and records.
 * - `file`, `seq`, `line`: the representative, which is the last live row of the key that differs.
 * - `repeats` (int): further live rows of the key.
 * - `changed` (int[]): the columns in which the representative differs; `fills`: those of them that the target has empty.
 * - `n…`: what the representative says in each column; `o…`: what the target has in each column that is not of the key.
 *
 * No policy plays a part in it. What it holds is read from {@link differingFrom}.
 * @returns how many conflicts there are.
 */
export async function createDiffering(
  client: PgClient,
  live: LiveRows,
  table: LoadTable,
  { relation, repeated }: DifferingOptions,
): Promise<number> {
  const olds = isWide(table) ? [] : valueColumns(table).map(({ index }) => `o${index}`);
  const columns = [
    'file',
    'seq',
    'line',
    'repeats',
    'changed',
    'fills',
    ...table.columns.map(({ index }) => `n${index}`),
    ...olds,
  ];
  await client.query(
    `${createAs(relation)}
     select row_number() over (order by file, seq) as number, ${columns.join(', ')}
     from (${conflicts(live, table, repeated)}) d order by 1`,
  );
  if (isWide(table)) await keepOldBeside(client, table, relation);
  const keys = table.key.map((index) => `n${index}`).join(', ');
  await client.query(
    `create index on ${relation} (number); create index on ${relation} (${keys}); analyze ${relation} (number, ${keys})`,
  );
  const { rows } = await client.query<{ count: string }>(`select coalesce(max(number), 0) as count from ${relation}`);
  return Number(rows[0]?.count);
}

/**
 * @param among a condition over `number` alone that leaves conflicts out.
 * @returns an item of a FROM clause, to be given an alias, with the columns that {@link createDiffering} says.
 */
export function differingFrom(table: LoadTable, relation: string, among?: string): string {
  // Of both versions together only the last step may hold all columns: `offset 0` has the others taken out before it.
  const chosen = among === undefined ? relation : `(select * from ${relation} where ${among} offset 0)`;
  return isWide(table) ? `(${chosen} n join ${oldBeside(relation)} using (number))` : chosen;
}

/**
 * @returns an item of a FROM clause with the key's columns (`n…`) and both versions of each conflict as the server prints
 * them (`said`, `had`): few columns, however many the table has.
 */
export function conflictTexts(table: LoadTable, relation: string): string {
  const texts = (names: readonly string[]) => `array[${names.map((name) => `${name}::text`).join(', ')}]::text[]`;
  const keys = table.key.map((index) => `n${index}`).join(', ');
  const said = `${texts(valueColumns(table).map(({ index }) => `n${index}`))} as said`;
  const had = `${texts(valueColumns(table).map(({ index }) => `o${index}`))} as had`;
  if (!isWide(table)) return `(select number, ${keys}, ${said}, ${had} from ${relation} offset 0)`;
  return `((select number, ${keys}, ${said} from ${relation} offset 0) n
    join (select number, ${had} from ${oldBeside(relation)} offset 0) o using (number))`;
}

const OWN_COLUMNS = 7;

/** Both versions of a row do not fit beside each other. */
function isWide(table: LoadTable): boolean {
  return OWN_COLUMNS + table.columns.length + valueColumns(table).length > MOST_COLUMNS;
}

function createAs(relation: string): string {
  return relation.startsWith('pg_temp.')
    ? `create temp table ${relation} on commit drop as`
    : `drop table if exists ${relation}; create table ${relation} as`;
}

function oldBeside(relation: string): string {
  return relation.replace(/"?$/, '_old$&');
}

async function keepOldBeside(client: PgClient, table: LoadTable, relation: string): Promise<void> {
  const olds = valueColumns(table).map((column) => `${targetValue(column)} as o${column.index}`);
  const keys = table.key.map((index) => `n${index} as c${index}`).join(', ');
  await client.query(
    `${createAs(oldBeside(relation))}
     select s.number, ${olds.join(', ')} from (select number, ${keys} from ${relation}) s join ${targetOf(table)} t on ${keysEqual(table)}`,
  );
  await client.query(`create index on ${oldBeside(relation)} (number); analyze ${oldBeside(relation)} (number)`);
}

function conflicts(live: LiveRows, table: LoadTable, repeated: string | null): string {
  const differs = `not (${[...valueColumns(table).map(isSame), 'true'].join(' and ')})`;
  const met = `join ${targetOf(table)} t on ${keysEqual(table)}`;
  const once = `select ${described(table, '0')} from ${live.select(table)} s ${met} where ${differs}`;
  // Without `offset 0` a step would hold the columns of both versions to compare them after it: more than it may have.
  if (repeated === null) return `${once} offset 0`;
  const several = `(select s.*, r.times from ${live.select(table)} s join ${repeated} r on ${onRepeatedKey(table)} offset 0)`;
  const keys = table.key.map((index) => `s.c${index}`).join(', ');
  return `${once} and not exists (select from ${repeated} r where ${onRepeatedKey(table)})
    union all
    (select distinct on (${keys}) ${described(table, 's.times - 1')} from ${several} s ${met}
     where ${differs} order by ${keys}, s.file desc, s.seq desc)`;
}

function described(table: LoadTable, repeats: string): string {
  const changed = valueColumns(table).map((column) => `case when not ${isSame(column)} then ${column.index} end`);
  const fills = valueColumns(table).map(
    (column) => `case when ${targetValue(column)} is null and s.c${column.index} is not null then ${column.index} end`,
  );
  const olds = isWide(table) ? [] : valueColumns(table).map((column) => `${targetValue(column)} as o${column.index}`);
  return [
    's.file',
    's.seq',
    's.line',
    `${repeats} as repeats`,
    `array_remove(array[${changed.join(', ')}]::int[], null) as changed`,
    `array_remove(array[${fills.join(', ')}]::int[], null) as fills`,
    ...table.columns.map((column) => `${stagedValue(column)} as n${column.index}`),
    ...olds,
  ].join(', ');
}

function isSame(column: LoadColumn): string {
  return saysSame(`s.c${column.index}`, targetValue(column), column);
}

/** What SQL fills in has the type of where it came from, until it goes into the target. */
function stagedValue({ index, source, type }: LoadColumn): string {
  return source.kind === 'staged' ? `s.c${index}` : `s.c${index}::${type}`;
}
