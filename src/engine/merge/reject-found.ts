import type { Classified } from '#engine/check/classify-rows';
import { keyColumns } from '#engine/check/column-sql';
import { rejectRows } from '#engine/check/judge-rows';
import { isKnot, referenceGroups } from '#engine/model/describe-tables';
import type { LoadTable } from '#engine/model/load-table';
import type { FoundReject, MergeContext } from './merge-context.ts';
import type { Objection } from './objections.ts';

/** Records the rows that the server refused, and asks for a restart where their going changes what was decided before. */
export async function rejectFound(
  context: MergeContext,
  table: LoadTable,
  classified: Classified | null,
  numbered: string,
  objections: readonly Objection[],
): Promise<void> {
  if (objections.length === 0) return;
  const texts = new Map(causesOf(table, objections).map((objection) => [objection.number, objection.text]));
  const { rows } = await context.client.query<{
    number: string;
    file: number;
    seq: number;
    line: number;
    chained: boolean;
  }>(blamedRows(table, classified, numbered), [[...texts.keys()]]);
  const found = rows.map(
    (row): FoundReject => ({
      table: table.index,
      file: row.file,
      seq: row.seq,
      line: row.line,
      message: texts.get(Number(row.number)) ?? '',
    }),
  );
  context.found.rows.push(...found);
  context.found.mustRestart ||=
    rows.some((row) => row.chained) ||
    table.references.some((reference) => reference.cyclic) ||
    isInKnot(context, table);
  await recordFound(context, table, found);
}

/** Whether records that were judged already, or are in the target by now, may hang from rows of this table. */
function isInKnot({ tables }: MergeContext, table: LoadTable): boolean {
  const group = referenceGroups(tables).find((members) => members.includes(table.index)) ?? [];
  return isKnot(group.map((number) => tables[number] as LoadTable));
}

/**
 * In a table that refers to itself, a missing reference may only be the consequence of another row's going: the mapping
 * says what becomes of such rows, once the attempt is repeated without the others.
 */
function causesOf(table: LoadTable, objections: readonly Objection[]): readonly Objection[] {
  const isSelfReferring = table.references.some((reference) => reference.parent === table.index);
  const causes = objections.filter(({ isForeignKey }) => !isForeignKey);
  return isSelfReferring && causes.length > 0 ? causes : objections;
}

/** Of several rows with one key it is the last one that changed something which made the refused row what it is. */
function blamedRows(table: LoadTable, classified: Classified | null, numbered: string): string {
  const plain = `select p.number, p.file, p.seq, p.line, false as chained from ${numbered} p where p.number = any($1::bigint[])`;
  if (classified?.chains == null) return plain;
  const keys = keyColumns(table).map(({ index }) => `c${index}`);
  return `select p.number, coalesce(l.file, p.file) as file, coalesce(l.seq, p.seq) as seq, coalesce(l.line, p.line) as line, l.file is not null as chained
    from ${numbered} p left join lateral (
      select c.file, c.seq, c.line from ${classified.chains} c join ${classified.outcomes} o using (file, seq)
      where c.rank > 0 and o.outcome in ('first', 'updated') and ${keys.map((key) => `c.${key} = p.${key}`).join(' and ')}
      order by c.rank desc limit 1) l on true
    where p.number = any($1::bigint[])`;
}

/** Writes refused rows (of this attempt, or known from an earlier one) to the rejects. */
export async function recordFound(
  context: MergeContext,
  table: LoadTable,
  found: readonly FoundReject[],
): Promise<void> {
  await rejectRows(
    context.client,
    context.live,
    table,
    `select f.file, f.seq, 0 as number, f.line, null::int as col, null::text as field, null::text as value, 'CONSTRAINT' as code, f.message
     from jsonb_to_recordset($1::jsonb) as f (file int, seq int, line int, message text)`,
    [JSON.stringify(found)],
  );
}
