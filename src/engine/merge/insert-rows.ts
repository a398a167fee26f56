import type { Classified } from '#engine/check/classify-rows';
import { insertedValue, keyColumns, targetOf } from '#engine/check/column-sql';
import type { LoadColumn, LoadTable } from '#engine/model/load-table';
import { quoteIdentifier, quoteLiteral, quoteQualified } from '#engine/postgres/quote';
import { applyAtOnce, isolateObjections } from './isolate-objections.ts';
import type { MergeContext } from './merge-context.ts';
import { newRows } from './new-rows.ts';
import { rejectFound } from './reject-found.ts';

export interface InsertResult {
  readonly inserted: number;
  readonly insertedTable: string | null;
}

/**
 * Puts the new rows of one table in, and keeps their keys with file and line. One statement when the server takes them
 * all; when it objects, the rows it refuses are found and rejected and the rest goes in.
 *
 * @param postponed columns of references inside a cycle, left null here and set when the whole cycle is in.
 */
export async function insertRows(
  context: MergeContext,
  table: LoadTable,
  classified: Classified | null,
  postponed: ReadonlySet<number>,
): Promise<InsertResult> {
  const source = newRows(context.live, table, classified);
  const isWatched = context.targets[table.index]?.hasBeforeTrigger ?? false;
  const isPlain = table.surrogate === null && !isWatched && postponed.size === 0;
  if (isPlain && !context.underSavepoints) {
    const { names, values } = columnList(context, table, postponed);
    const statement = `insert into ${targetOf(table)} (${names}) select ${values} from ${source} s`;
    return keepKeys(context, table, source, await applyAtOnce(context.client, null, statement));
  }
  const pending = await numberRows(context, table, source);
  const applied = await insertNumbered(context, table, classified, pending, postponed);
  const alive = `(select p.* from ${pending.name} p where not exists (select from ${context.names.dead} d where d.file = p.file and d.seq = p.seq))`;
  return keepKeys(context, table, alive, applied);
}

function columnList(
  { watch }: MergeContext,
  table: LoadTable,
  postponed: ReadonlySet<number>,
): { names: string; values: string } {
  const surrogate = table.surrogate === null ? [] : [quoteIdentifier(table.surrogate)];
  const watched = table.columns.find(({ index }) => !postponed.has(index));
  const written = (column: LoadColumn) => {
    const value = insertedValue(`s.c${column.index}`, column, table);
    return column === watched ? watch.watched(value) : value;
  };
  return {
    names: [...surrogate, ...table.columns.map(({ name }) => quoteIdentifier(name))].join(', '),
    values: [
      ...surrogate.map(() => 's.surrogate'),
      // Left out, a postponed column would take the default that the target may have for it.
      ...table.columns.map((column) => (postponed.has(column.index) ? 'null' : written(column))),
    ].join(', '),
  };
}

interface NumberedRows {
  readonly name: string;
  readonly count: number;
}

async function numberRows({ client }: MergeContext, table: LoadTable, source: string): Promise<NumberedRows> {
  const name = `pending_${table.index}`;
  const surrogate =
    table.surrogate === null
      ? ''
      : `, nextval(pg_get_serial_sequence(${quoteLiteral(targetOf(table))}, ${quoteLiteral(table.surrogate)})) as surrogate`;
  const { rowCount } = await client.query(
    `create temp table ${name} on commit drop as
     select o.*${surrogate} from (select row_number() over (order by file, seq) as number, s.* from ${source} s order by 1) o`,
  );
  await client.query(`create index on ${name} (number); analyze ${name} (number)`);
  return { name, count: rowCount ?? 0 };
}

async function insertNumbered(
  context: MergeContext,
  table: LoadTable,
  classified: Classified | null,
  pending: NumberedRows,
  postponed: ReadonlySet<number>,
): Promise<number> {
  const { names, values } = columnList(context, table, postponed);
  const { applied, objections } = await isolateObjections(
    context.client,
    pending.count,
    (from, to) =>
      `insert into ${targetOf(table)} (${names}) select ${values} from ${pending.name} s where s.number between ${from} and ${to} order by s.number`,
    { ...context, retryReferences: table.references.some((reference) => reference.parent === table.index) },
  );
  await rejectFound(context, table, classified, pending.name, objections);
  return applied;
}

/**
 * Keys of inserted rows with file and line: what undo removes, and how a row tells where it came from. Those of a retry
 * tell their records too: only of a row that an undo removes the reject is open again.
 */
async function keepKeys(
  { client, loadId, retryOf }: MergeContext,
  table: LoadTable,
  source: string,
  inserted: number,
): Promise<InsertResult> {
  const keys =
    table.surrogate === null
      ? keyColumns(table).map(
          (column) => `${insertedValue(`s.c${column.index}`, column, table)} as ${quoteIdentifier(column.name)}`,
        )
      : [`s.surrogate as ${quoteIdentifier(table.surrogate)}`];
  if (inserted === 0 || keys.length === 0) return { inserted, insertedTable: null };
  const record = retryOf === null ? '' : 's.seq as "loadstone:seq", ';
  const insertedTable = `inserted_${loadId.replaceAll('-', '')}_${table.index}`;
  await client.query(
    `create table ${quoteQualified('loadstone', insertedTable)} as
     select ${keys.join(', ')}, ${record}s.file as "loadstone:file", s.line as "loadstone:line", null::bigint as "loadstone:writer" from ${source} s`,
  );
  return { inserted, insertedTable };
}
