import { quoteIdentifier, quoteLiteral, quoteQualified } from '#engine/postgres/quote';
import type { Restoration } from './restore-rows.ts';
import { tellWriters } from './tell-writers.ts';
import { unchangedSince } from './unchanged-since.ts';
import { type DroppedTable, nameOf, onKey, type UndoContext, type UndoTable } from './undo-table.ts';

/** The rows of one table that the undo leaves, while it is found out why. */
const LEFT = 'pg_temp.left_rows';

const LEFT_COLUMNS = `act, reason, other_schema, other_table, other_rows, xmin, by_load, by_undo, by_path, by_line`
  .split(', ')
  .map((name) => quoteIdentifier(`loadstone:${name}`));

/** Beside the key: what a left row has at first. `reason` and the place of the missing row are SQL. */
function leftValues(
  act: 'inserted' | 'changed',
  reason: string,
  other: readonly [string, string],
  xmin: string,
): string {
  const values = [
    ...[`'${act}'::text`, reason, ...other, 'null::bigint', xmin],
    ...['null::uuid', 'false', 'null::text', 'null::int'],
  ];
  return values.map((value, i) => `${value} as ${LEFT_COLUMNS[i]}`).join(', ');
}

const NO_OTHER = ['null::text', 'null::text'] as const;
const keysOf = ({ key_columns }: Pick<UndoTable, 'key_columns'>, alias: string) =>
  key_columns.map((key) => `${alias}.${quoteIdentifier(key)}`).join(', ');

/**
 * Keeps which rows of a table the undo leaves as they are, each with the reason and, where that can be told, who wrote
 * it since. To be called when nothing can be taken back any more.
 *
 * @returns how many they are.
 */
export async function recordConflicts(
  context: UndoContext,
  table: UndoTable,
  restoration: Restoration | null,
): Promise<number> {
  const inserted = table.inserted_table === null ? 0 : await recordInserted(context, table, table.inserted_table);
  return inserted + (restoration === null ? 0 : await recordChanged(context, restoration));
}

/** Inserted rows that are still there, whoever wrote them last. */
async function recordInserted(context: UndoContext, table: UndoTable, kept: string): Promise<number> {
  const inserted = quoteQualified('loadstone', kept);
  const ours = await unchangedSince(context.client, table, context.xid, inserted);
  const values = leftValues(
    'inserted',
    `case when not (${ours}) then 'changed_since' end`,
    NO_OTHER,
    't.xmin::text::bigint',
  );
  const count = await listLeft(
    context,
    `select ${keysOf(table, 'b')}, ${values} from ${nameOf(table)} t join ${inserted} b on ${onKey(table, 't', 'b')}`,
  );
  if (count === 0) return 0;
  for (const { schema, table: name, columns, on } of context.incoming.get(table.position) ?? []) {
    const refers = columns.map((column, i) => `r.${quoteIdentifier(column)} = t.${quoteIdentifier(on[i] as string)}`);
    const isTable = schema === table.target_schema && name === table.target_table;
    if (isTable) refers.push(`not (${onKey(table, 'r', 't')})`);
    await countReferrers(context, table, { schema, table: name }, refers.join(' and '), '');
  }
  return keepLeft(context, table);
}

/** Changed rows that did not get their former values. */
async function recordChanged(context: UndoContext, restoration: Restoration): Promise<number> {
  const { table, before, ours, altered, conditions, shown } = restoration;
  const failed = altered.length > 0 ? [] : conditions;
  const others = (part: 'schema' | 'table') => {
    const named = failed.filter(({ other }) => other !== null);
    if (named.length === 0) return 'null::text';
    const cases = failed.map(
      ({ sql, other }) => `when not ${sql} then ${other === null ? 'null' : quoteLiteral(other[part])}`,
    );
    return `case when t.tableoid is null or not (${ours}) then null ${cases.join(' ')} end`;
  };
  const reasons = [
    `when t.tableoid is null then 'row_gone'`,
    `when not (${ours}) then 'changed_since'`,
    ...(altered.length > 0 ? [`when true then 'column_altered'`] : []),
    ...failed.map(({ sql, reason }) => `when not ${sql} then '${reason}'`),
  ];
  const reason = `case ${reasons.join(' ')} end`;
  const values = leftValues('changed', reason, [others('schema'), others('table')], 't.xmin::text::bigint');
  const count = await listLeft(
    context,
    `select ${keysOf(table, 'b')}, ${values} from ${before} b left join ${nameOf(table)} t on ${onKey(table, 't', 'b')}
     where t.tableoid is null or t.xmin::text::bigint <> pg_current_xact_id()::text::numeric % 4294967296`,
  );
  if (count === 0) return 0;
  const former = `join ${before} b on ${onKey(table, 't', 'b')}`;
  if (altered.length === 0)
    for (const { schema, table: name, moves, refers } of shown)
      await countReferrers(context, table, { schema, table: name }, `${refers} and ${moves}`, former);
  return keepLeft(context, table);
}

/** A target that is gone: so are the rows that the load changed in it. */
export async function recordDropped(context: UndoContext, table: DroppedTable): Promise<number> {
  if (table.before_table === null) return 0;
  const values = leftValues('changed', `'row_gone'`, NO_OTHER, 'null::bigint');
  await listLeft(
    context,
    `select ${keysOf(table, 'b')}, ${values} from ${quoteQualified('loadstone', table.before_table)} b`,
  );
  return keepLeft(context, table);
}

async function listLeft({ client }: UndoContext, select: string): Promise<number> {
  await client.query(`drop table if exists ${LEFT}`);
  const { rowCount } = await client.query(`create temp table left_rows on commit drop as ${select}`);
  await client.query(`analyze ${LEFT}`);
  return rowCount ?? 0;
}

/** Of the tables that refer to a row, the one with the most rows is named. */
async function countReferrers(
  { client }: UndoContext,
  table: UndoTable,
  other: { readonly schema: string; readonly table: string },
  refers: string,
  join: string,
): Promise<void> {
  const keys = keysOf(table, 't');
  await client.query(
    `update ${LEFT} k set "loadstone:reason" = 'referred_to', "loadstone:other_schema" = $1, "loadstone:other_table" = $2,
       "loadstone:other_rows" = t."loadstone:count"
     from (select ${keys}, count(*) as "loadstone:count" from ${LEFT} k join ${nameOf(table)} t on ${onKey(table, 'k', 't')} ${join}
         join ${quoteQualified(other.schema, other.table)} r on ${refers} group by ${keys}) t
     where ${onKey(table, 'k', 't')} and (k."loadstone:reason" is null or k."loadstone:other_rows" < t."loadstone:count")`,
    [other.schema, other.table],
  );
}

async function keepLeft(
  context: UndoContext,
  table: Pick<UndoTable, 'position' | 'mapping_table' | 'key_columns'> & Partial<UndoTable>,
): Promise<number> {
  const { client, loadId } = context;
  await tellWriters(context, table, LEFT);
  const names = `array[${table.key_columns.map((key) => quoteLiteral(key)).join(', ')}]::text[]`;
  const texts = `array[${table.key_columns.map((key) => `k.${quoteIdentifier(key)}::text`).join(', ')}]::text[]`;
  const [act, reason, ...rest] = LEFT_COLUMNS.filter((name) => name !== '"loadstone:xmin"');
  const { rowCount } = await client.query(
    `insert into loadstone.undo_conflicts (load_id, number, position, table_name, key, act, reason,
       other_schema, other_table, other_rows, by_load, by_undo, by_path, by_line)
     select $1, (select coalesce(max(number), 0) from loadstone.undo_conflicts where load_id = $1) + row_number() over (order by ${keysOf(table, 'k')}),
       $2, $3, jsonb_object(${names}, ${texts}), ${act}, coalesce(${reason}, 'refused'), ${rest.join(', ')}
     from ${LEFT} k`,
    [loadId, table.position, table.mapping_table],
  );
  return rowCount ?? 0;
}
