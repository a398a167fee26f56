import type { Classified } from '#engine/check/classify-rows';
import {
  castStaged,
  keyColumns,
  keysEqual,
  mergedValue,
  saysSame,
  targetOf,
  targetValue,
  valueColumns,
} from '#engine/check/column-sql';
import type { LoadColumn, LoadTable } from '#engine/model/load-table';
import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';
import { isolateObjections } from './isolate-objections.ts';
import type { MergeContext } from './merge-context.ts';
import { changedRows } from './new-rows.ts';
import { rejectFound } from './reject-found.ts';

/** Writes the rows that change, after keeping them as they were. Rows that stay the same are never written. */
export async function updateRows(
  context: MergeContext,
  table: LoadTable,
  classified: Classified | null,
  postponed: ReadonlySet<number>,
): Promise<string | null> {
  if (classified === null) return null;
  const changes = `changes_${table.index}`;
  const { rowCount } = await context.client.query(
    `create temp table ${changes} on commit drop as
     select row_number() over (order by file, seq) as number, s.* from ${changedRows(context.live, table, classified)} s order by 1`,
  );
  const count = rowCount ?? 0;
  if (count === 0) return null;
  await context.client.query(`create index on ${changes} (number); analyze ${changes}`);
  const beforeTable = await keepBefore(context, table, changes);
  const isFinal = classified.decided !== null;
  const written = valueColumns(table)
    .filter(({ index, policy }) => !postponed.has(index) && (isFinal || (policy !== 'skip' && policy !== 'fail')))
    .map((column, place) => {
      const value = changedValue(table, column, isFinal);
      return `${quoteIdentifier(column.name)} = ${place === 0 ? context.watch.watched(value) : value}`;
    });
  if (written.length === 0) return beforeTable;
  const { objections } = await isolateObjections(
    context.client,
    count,
    (from, to) => `update ${targetOf(table)} t set ${written.join(', ')} from ${changes} s
      where ${keysEqual(table)} and s.number between ${from} and ${to}`,
    { ...context, retryReferences: false },
  );
  await rejectFound(context, table, classified, changes, objections);
  if (objections.length > 0) await forgetBefore(context, table, beforeTable, changes);
  return beforeTable;
}

/**
 * The value that a column of the target's row `t` gets from a row `s` of the changes.
 * @param isFinal whether the change holds final values, see {@link changedRows}.
 */
export function changedValue(table: LoadTable, column: LoadColumn, isFinal: boolean): string {
  const current = (other: LoadColumn) => `t.${quoteIdentifier(other.name)}`;
  const staged = (other: LoadColumn) => castStaged(`s.c${other.index}`, other);
  if (!isFinal) return mergedValue(table, column, { staged, current });
  if (column.castTo === null) return staged(column);
  // What the target printed need not read as the same value again.
  return `case when ${saysSame(`s.c${column.index}`, targetValue(column), { ...column, default: null })} then ${current(column)} else ${staged(column)} end`;
}

/**
 * The target's rows as they are now, every column in its own type, with the transaction that wrote them: what undo
 * restores, and how it knows later that nobody changed them since.
 */
async function keepBefore({ client, loadId }: MergeContext, table: LoadTable, changes: string): Promise<string> {
  const beforeTable = `before_${loadId.replaceAll('-', '')}_${table.index}`;
  await client.query(
    `create table ${quoteQualified('loadstone', beforeTable)} as
     select t.*, t.xmin::text::bigint as "loadstone:xmin", s.file as "loadstone:file", s.line as "loadstone:line", null::bigint as "loadstone:writer"
     from ${targetOf(table)} t join ${changes} s on ${keysEqual(table)}`,
  );
  return beforeTable;
}

/** Rows whose change was refused keep what they had: there is nothing to restore. */
async function forgetBefore({ client, names }: MergeContext, table: LoadTable, beforeTable: string, changes: string) {
  const keys = keyColumns(table).map((column) => `b.${quoteIdentifier(column.name)} = s.c${column.index}`);
  await client.query(
    `delete from ${quoteQualified('loadstone', beforeTable)} b using ${changes} s join ${names.dead} d on d.file = s.file and d.seq = s.seq
     where ${keys.join(' and ')}`,
  );
}
