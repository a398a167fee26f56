import { checkReferences } from '#engine/check/check-references';
import { type Classified, classifyRows, failOnConflicts } from '#engine/check/classify-rows';
import { keysEqual, targetOf } from '#engine/check/column-sql';
import { judgeRows } from '#engine/check/judge-rows';
import { referenceGroups } from '#engine/model/describe-tables';
import type { LoadTable } from '#engine/model/load-table';
import { quoteIdentifier } from '#engine/postgres/quote';
import { insertRows } from './insert-rows.ts';
import type { MergeContext, MergedTable } from './merge-context.ts';
import { updateRows } from './update-rows.ts';

/**
 * Moves the rows of all tables into their targets, parents before children: judge each row, check references, see how
 * rows meet the target, insert what is new, update what changes. Counts are the server's own.
 */
export async function mergeTables(
  context: MergeContext,
  onTable: (table: LoadTable) => void,
): Promise<ReadonlyMap<number, MergedTable>> {
  const merged = new Map<number, MergedTable>();
  for (const group of referenceGroups(context.tables)) {
    const members = group.map((number) => context.tables[number] as LoadTable);
    const kept = members.filter((table) => table.keep);
    for (const table of members) await judgeRows(context.client, context.live, table);
    await checkReferences(
      {
        client: context.client,
        live: context.live,
        tables: context.tables,
        isMerged: (number) => merged.has(number),
      },
      kept.map((table) => table.index),
    );
    for (const table of kept) {
      context.signal.throwIfAborted();
      onTable(table);
      merged.set(table.index, await mergeTable(context, table));
    }
    for (const table of kept) await fillPostponed(context, table, merged.get(table.index));
  }
  return merged;
}

async function mergeTable(context: MergeContext, table: LoadTable): Promise<MergedTable> {
  const classified = await classifyRows(context.client, context.live, table, await hasRows(context, table));
  if (classified !== null) await failOnConflicts(context.client, context.live, table, classified);
  const postponed = postponedColumns(context, table);
  const beforeTable = await updateRows(context, table, classified, postponed);
  const { inserted, insertedTable } = await insertRows(context, table, classified, postponed);
  const outcomes = await countOutcomes(context, classified);
  return { inserted, ...outcomes, insertedTable, beforeTable };
}

async function hasRows({ client }: MergeContext, table: LoadTable): Promise<boolean> {
  if (!table.exists) return false;
  const { rowCount } = await client.query(`select from ${targetOf(table)} limit 1`);
  return rowCount === 1;
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
 * set when the whole cycle is in. (Constraints that can wait were deferred when the merge began.)
 */
function postponedColumns(context: MergeContext, table: LoadTable): ReadonlySet<number> {
  const target = context.targets[table.index];
  const columns = table.references
    .filter((reference) => reference.cyclic && reference.parent !== table.index)
    .filter((reference) =>
      target?.foreignKeys.some(
        (key) => key.table === reference.table && key.schema === reference.schema && !key.deferrable,
      ),
    )
    .flatMap((reference) => reference.columns);
  return new Set(columns);
}

async function fillPostponed(context: MergeContext, table: LoadTable, merged: MergedTable | undefined): Promise<void> {
  const postponed = postponedColumns(context, table);
  if (postponed.size === 0 || merged === undefined) return;
  const columns = table.columns.filter(({ index }) => postponed.has(index));
  const sources = merged.inserted > 0 ? [`pending_${table.index}`] : [];
  if (merged.beforeTable !== null) sources.push(`changes_${table.index}`);
  for (const source of sources) {
    await context.client.query(
      `update ${targetOf(table)} t set ${columns.map(({ index, name }) => `${quoteIdentifier(name)} = s.c${index}`).join(', ')}
       from ${source} s where ${keysEqual(table)} and (${columns.map(({ index, name }) => `t.${quoteIdentifier(name)} is distinct from s.c${index}`).join(' or ')})
         and not exists (select from ${context.names.dead} d where d.file = s.file and d.seq = s.seq)`,
    );
  }
}
