import type { RejectFilter, RejectRow } from '#contract/api/reject-pages';
import { tableNames } from '#engine/merge/keep-record';
import { reviewNames } from '#engine/model/review-names';
import { stagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { isLoadstoneInstalled } from '#engine/postgres/loadstone-schema';
import { UNDEFINED_TABLE } from '#engine/postgres/sql-states';
import { sqlStateOf } from '#engine/postgres/transient';
import { readReview } from '#engine/review/kept-review';
import { readStaging } from '#engine/stage/staging-schema';
import { rootOf } from './retried-load.ts';

/** Where a load's rejects are: a relation with named columns, to be joined into a query whose `$1` is `parameter`. */
export interface RejectSource {
  readonly sql: string;
  readonly parameter: string;
  readonly isMerged: boolean;
  /** Whether open ones can be loaded. */
  readonly canRetry: boolean;
}

/** What a row is made of, from a relation {@link RejectSource}. */
export const ROW_COLUMNS = `path, line, table_name as "table", column_name as "column", field, value, code, message, file, sequence,
  case when fixed_by is null then 'open' else 'fixed' end as state, fixed_by as "fixedBy", correction, corrections`;

/** What was written for each row, and how many of its values that are. */
const MERGED = `(
  select r.*, coalesce(n.count, 0) as corrections, case when c.load_id is not null then jsonb_build_object('value', c.value) end as correction
  from loadstone.rejects r
  left join loadstone.corrections c on c.load_id = r.load_id and c.file = r.file and c.sequence = r.sequence
    and c.column_name = case when r.code = 'BROKEN_RECORD' then '' else r.column_name end
  left join (
    select file, sequence, count(*)::int as count from loadstone.corrections where load_id = $1::uuid group by file, sequence) n
    on n.file = r.file and n.sequence = r.sequence
  where r.load_id = $1::uuid)`;

/**
 * @returns the rejects of a merged load (of one that retried them: of the load that it retried), else those that its
 * check or its staging has found so far; null when there is neither.
 */
export async function rejectSource(client: PgClient, loadId: string): Promise<RejectSource | null> {
  const root = (await isLoadstoneInstalled(client)) ? await rootOf(client, loadId) : null;
  if (root !== null) return { sql: MERGED, parameter: root.load_id, isMerged: true, canRetry: root.state === 'merged' };
  const names = stagingNames(loadId);
  const staging = await readStaging(client, names);
  if (staging === null) return null;
  const review = reviewNames(names);
  const { rejects } = (await readReview(client, review)) === null ? names : review;
  return {
    sql: `(select r.file, r.seq as sequence, r.number, p.path, r.line, $1::jsonb -> r.tab ->> 'name' as table_name,
        $1::jsonb -> r.tab -> 'columns' ->> r.col as column_name, r.field, r.value, r.code, r.message,
        null::uuid as fixed_by, null::jsonb as correction, 0 as corrections
      from ${rejects} r join ${names.plan} p on p.id = r.file)`,
    parameter: JSON.stringify(tableNames(staging.tables)),
    isMerged: false,
    canRetry: false,
  };
}

const STATES = { open: 'r.fixed_by is null', fixed: 'r.fixed_by is not null', all: 'true' } as const;

/** The condition on the state that a filter asks for. */
export function stateCondition({ state = 'open' }: RejectFilter): string {
  return STATES[state];
}

/** A condition over a relation {@link RejectSource}, and its parameters, numbered from `first`. */
export function filterCondition(
  filter: RejectFilter,
  first: number,
): { readonly sql: string; readonly parameters: readonly (string | number)[] } {
  const { code, table, column, value, file, sequence, text, corrected, valueCorrected } = filter;
  const wanted = [
    [code, (parameter: string) => `r.code = ${parameter}`],
    [table, (parameter: string) => `r.table_name = ${parameter}`],
    [column, (parameter: string) => `r.column_name = ${parameter}`],
    [value, (parameter: string) => `r.value = ${parameter}`],
    [file, (parameter: string) => `r.file = ${parameter}::int`],
    [sequence, (parameter: string) => `r.sequence = ${parameter}::int`],
    [
      text,
      (parameter: string) =>
        `strpos(lower(concat_ws(E'\\n', r.path, r.field, r.value, r.message)), lower(${parameter}::text)) > 0`,
    ],
  ] as const;
  const given = wanted.flatMap(([value, condition]) => (value ? [{ value, condition }] : []));
  const conditions = [
    stateCondition(filter),
    ...(column === null ? ['r.column_name is null'] : []),
    ...(value === null ? ['r.value is null'] : []),
    ...(value === '' ? ["r.value = ''"] : []),
    ...(valueCorrected === undefined ? [] : [`r.correction is ${valueCorrected ? 'not null' : 'null'}`]),
    ...(corrected === undefined ? [] : [`r.corrections ${corrected ? '>' : '='} 0`]),
    ...given.map(({ condition }, index) => condition(`$${first + index}`)),
  ];
  return { sql: conditions.join(' and '), parameters: given.map(({ value }) => value) };
}

/** What is not known of a reject is left out. */
export function rowOf(row: Readonly<Record<string, unknown>>): RejectRow {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as RejectRow;
}

/** The merge has just dropped the staging: the rejects stand elsewhere now. */
function hasMoved(thrown: unknown): boolean {
  return sqlStateOf(thrown) === UNDEFINED_TABLE;
}

/** Asks for rejects; once more where a merge has moved them meanwhile. */
export async function whereverTheyAre<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    if (!hasMoved(thrown)) throw thrown;
    return await ask();
  }
}
