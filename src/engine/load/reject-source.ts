import type { RejectFilter } from '#contract/api/reject-pages';
import { tableNames } from '#engine/merge/keep-record';
import { reviewNames } from '#engine/model/review-names';
import { stagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { isLoadstoneInstalled } from '#engine/postgres/loadstone-schema';
import { sqlStateOf } from '#engine/postgres/transient';
import { readReview } from '#engine/review/kept-review';
import { readStaging } from '#engine/stage/staging-schema';

/** Where a load's rejects are: a relation with named columns, to be joined into a query whose `$1` is `parameter`. */
export interface RejectSource {
  readonly sql: string;
  readonly parameter: string;
}

/** What an entry is made of, from a relation {@link RejectSource}. */
export const ENTRY_COLUMNS = 'path, line, table_name as "table", column_name as "column", field, value, code, message';

/** @returns the rejects of a merged load, else those that its check or its staging has found so far; null when there is neither. */
export async function rejectSource(client: PgClient, loadId: string): Promise<RejectSource | null> {
  if (await isMerged(client, loadId)) {
    return { sql: '(select * from loadstone.rejects where load_id = $1::uuid)', parameter: loadId };
  }
  const names = stagingNames(loadId);
  const staging = await readStaging(client, names);
  if (staging === null) return null;
  const review = reviewNames(names);
  const { rejects } = (await readReview(client, review)) === null ? names : review;
  return {
    sql: `(select r.file, r.seq as sequence, r.number, p.path, r.line, $1::jsonb -> r.tab ->> 'name' as table_name,
        $1::jsonb -> r.tab -> 'columns' ->> r.col as column_name, r.field, r.value, r.code, r.message
      from ${rejects} r join ${names.plan} p on p.id = r.file)`,
    parameter: JSON.stringify(tableNames(staging.tables)),
  };
}

async function isMerged(client: PgClient, loadId: string): Promise<boolean> {
  if (!(await isLoadstoneInstalled(client))) return false;
  const { rowCount } = await client.query('select from loadstone.loads where load_id = $1', [loadId]);
  return rowCount === 1;
}

/** A condition over a relation {@link RejectSource}, and its parameters, numbered from `first`. */
export function filterCondition(
  { code, table, column, text }: RejectFilter,
  first: number,
): { readonly sql: string; readonly parameters: readonly string[] } {
  const wanted = [
    [code, (parameter: string) => `r.code = ${parameter}`],
    [table, (parameter: string) => `r.table_name = ${parameter}`],
    [column, (parameter: string) => `r.column_name = ${parameter}`],
    [
      text,
      (parameter: string) =>
        `strpos(lower(concat_ws(E'\\n', r.path, r.field, r.value, r.message)), lower(${parameter}::text)) > 0`,
    ],
  ] as const;
  const given = wanted.flatMap(([value, condition]) => (value ? [{ value, condition }] : []));
  const conditions = given.map(({ condition }, index) => condition(`$${first + index}`));
  return { sql: conditions.join(' and ') || 'true', parameters: given.map(({ value }) => value) };
}

const UNDEFINED_TABLE = '42P01';

/** The merge has just dropped the staging: the rejects stand elsewhere now. */
export function hasMoved(thrown: unknown): boolean {
  return sqlStateOf(thrown) === UNDEFINED_TABLE;
}
