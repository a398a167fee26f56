import { type Classified, classifyRows } from '#engine/check/classify-rows';
import { insertedValue, keysEqual, targetOf } from '#engine/check/column-sql';
import { needsDecisions } from '#engine/check/decide-conflicts';
import { failOnConflicts } from '#engine/check/fail-on-conflicts';
import { targetHasRows } from '#engine/check/has-rows';
import { judgeGroup } from '#engine/check/judge-group';
import { recordConflicts } from '#engine/check/record-conflicts';
import { referenceGroups } from '#engine/model/describe-tables';
import type { LoadColumn, LoadTable } from '#engine/model/load-table';
import { quoteIdentifier } from '#engine/postgres/quote';
import { insertRows } from './insert-rows.ts';
import type { MergeContext, MergedTable } from './merge-context.ts';
import { changedValue, updateRows } from './update-rows.ts';

export interface TableListeners {
  readonly onMerged: (table: LoadTable) => void;
}

/**
 * Moves the rows of all tables into their targets, parents before children: judge each row, check references, see how
 * rows meet the target, insert what is new, update what changes. Counts are the server's own.
 */
export async function mergeTables(
  context: MergeContext,
  { onMerged }: TableListeners,
): Promise<ReadonlyMap<number, MergedTable>> {
  const merged = new Map<number, MergedTable>();
  for (const group of referenceGroups(context.tables)) {
    const members = group.map((number) => context.tables[number] as LoadTable);
    const kept = members.filter((table) => table.keep);
    await judgeGroup({ ...context, isMerged: (number) => merged.has(number) }, members);
    for (const table of kept) {
      context.signal.throwIfAborted();
      context.watch.begin(table);
      merged.set(table.index, await mergeTable(context, table));
      context.watch.end();
      onMerged(table);
      if (context.found.mustRestart) return merged;
    }
    for (const table of kept) await fillPostponed(context, table, merged.get(table.index));
  }
  return merged;
}

/** What an attempt that is going to be rolled back says of a table. */
const NOTHING_MERGED: MergedTable = {
  ...{ inserted: 0, updated: 0, unchanged: 0, skipped: 0 },
  ...{ insertedTable: null, beforeTable: null },
};

async function mergeTable(context: MergeContext, table: LoadTable): Promise<MergedTable> {
  const classified = await classifyRows(
    context.client,
    context.live,
    table,
    await targetHasRows(context.client, table),
  );
  if (classified !== null) {
    await failOnConflicts(context.client, context.live, table, classified);
    await recordConflicts(context.client, context.live, table, classified);
  }
  await context.watch.classified(classified);
  const postponed = postponedColumns(context, table);
  // Changed rows may come to refer to new rows of their own table.
  const isSelfReferring = table.references.some((reference) => reference.parent === table.index);
  const early = isSelfReferring ? await insertRows(context, table, classified, postponed) : null;
  const beforeTable = context.found.mustRestart ? null : await updateRows(context, table, classified, postponed);
  if (context.found.mustRestart) return NOTHING_MERGED;
  const { inserted, insertedTable } = early ?? (await insertRows(context, table, classified, postponed));
  const outcomes = await countOutcomes(context, classified);
  return { inserted, ...outcomes, insertedTable, beforeTable };
}

async function countOutcomes(
  { client, names }: MergeContext,
  classified: Classified | null,
): Promise<Pick<MergedTable, 'updated' | 'unchanged' | 'skipped'>> {
  if (classified === null) return { updated: 0, unchanged: 0, skipped: 0 };
  const { rows } = await client.query<{ updated: string; unchanged: string; skipped: string }>(
    `select count(*) filter (where outcome = 'updated') as updated, count(*) filter (where outcome = 'unchanged') as unchanged,
       count(*) filter (where outcome = 'skipped') as skipped
     from ${classified.outcomes} o where not exists (select from ${names.dead} d where d.file = o.file and d.seq = o.seq)`,
  );
  const counts = rows[0];
  return {
    updated: Number(counts?.updated),
    unchanged: Number(counts?.unchanged),
    skipped: Number(counts?.skipped),
  };
}

/**
 * Columns of references to other tables of a cycle whose existing constraint cannot wait: they go in as null and are
 * set when the whole cycle is in. (Constraints that can wait were deferred when the merge began; where null is not
 * allowed, the tables' order puts the other row first.)
 */
function postponedColumns(context: MergeContext, table: LoadTable): ReadonlySet<number> {
  const target = context.targets[table.index];
  const columns = table.references
    .filter((reference) => reference.cyclic && !reference.rigid && reference.parent !== table.index)
    .filter((reference) =>
      target?.foreignKeys.some(
        (key) => key.table === reference.table && key.schema === reference.schema && !key.deferrable,
      ),
    )
    .flatMap((reference) => reference.columns)
    .filter((column) => table.columns[column]?.nullable);
  return new Set(columns);
}

async function fillPostponed(context: MergeContext, table: LoadTable, merged: MergedTable | undefined): Promise<void> {
  const postponed = postponedColumns(context, table);
  if (postponed.size === 0 || merged === undefined) return;
  const columns = table.columns.filter(({ index }) => postponed.has(index));
  const inserted = (column: LoadColumn) => insertedValue(`s.c${column.index}`, column, table);
  const changed = (column: LoadColumn) => changedValue(table, column, needsDecisions(table));
  const sources = merged.inserted > 0 ? [{ source: `pending_${table.index}`, value: inserted }] : [];
  if (merged.beforeTable !== null) sources.push({ source: `changes_${table.index}`, value: changed });
  for (const { source, value } of sources) {
    await context.client.query(
      `update ${targetOf(table)} t set ${columns.map((column) => `${quoteIdentifier(column.name)} = ${value(column)}`).join(', ')}
       from ${source} s where ${keysEqual(table)} and (${columns.map((column) => `t.${quoteIdentifier(column.name)} is distinct from ${value(column)}`).join(' or ')})
         and not exists (select from ${context.names.dead} d where d.file = s.file and d.seq = s.seq)`,
    );
  }
}
