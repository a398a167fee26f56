import { LoadstoneError } from '#contract/errors';
import type { LoadReference, LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { quoteIdentifier, quoteLiteral, quoteQualified } from '#engine/postgres/quote';
import { rejectRows } from './judge-rows.ts';
import type { LiveRows } from './live-rows.ts';

export interface ReferenceContext {
  readonly client: PgClient;
  readonly live: LiveRows;
  readonly tables: readonly LoadTable[];
  /** Tables whose rows already stand in the target in this transaction (or never will: those outside the load). */
  readonly isMerged: (table: number) => boolean;
}

/**
 * Judges the references of a group of tables: rows whose referenced row is neither in the target nor in the load are
 * rejected, or their reference is set to null and counted, as the mapping says. Inside a cycle a rejected row may be
 * another row's parent, so the group is judged until nothing more falls.
 *
 * @returns how many references were lost.
 * @throws LoadstoneError MISSING_REFERENCES where the mapping says `fail`.
 */
export async function checkReferences(context: ReferenceContext, group: readonly number[]): Promise<number> {
  const references = group.flatMap((number) => {
    const table = context.tables[number] as LoadTable;
    return table.references.map((reference) => ({ table, reference }));
  });
  const cyclic = references.filter(({ reference }) => reference.cyclic);
  let lost = 0;
  for (const { table, reference } of references) lost += await checkReference(context, table, reference);
  for (let fallen = cyclic.length > 0 ? 1 : 0; fallen > 0; ) {
    fallen = 0;
    for (const { table, reference } of cyclic) fallen += await checkReference(context, table, reference);
    lost += fallen;
  }
  return lost;
}

/** @returns how many rows lost this reference just now. */
async function checkReference(context: ReferenceContext, table: LoadTable, reference: LoadReference): Promise<number> {
  switch (reference.onMissing) {
    case 'reject':
      return rejectRows(context.client, context.live, table, rejectsOf(context, table, reference));
    case 'null':
      return nullReferences(context, table, reference);
    case 'fail':
      return failOnMissing(context, table, reference);
    default:
      return reference.onMissing satisfies never;
  }
}

function missing(context: ReferenceContext, table: LoadTable, reference: LoadReference): string {
  const present = reference.columns.map((column) => `s.c${column} is not null`);
  const absent = parentRelations(context, reference).map(
    ({ relation, columns }) =>
      `not exists (select from ${relation} p where ${reference.columns.map((column, i) => `p.${columns[i]} = s.c${column}`).join(' and ')})`,
  );
  return `from ${context.live.select(table)} s where ${[...present, ...absent].join(' and ')}`;
}

function parentRelations(context: ReferenceContext, reference: LoadReference) {
  const target = {
    relation: quoteQualified(reference.schema, reference.table),
    columns: reference.on.map(quoteIdentifier),
  };
  if (reference.parent === null) return [target];
  if (context.isMerged(reference.parent)) return [target];
  const parent = context.tables[reference.parent] as LoadTable;
  const staged = stagedParent(context, reference, parent);
  // Before its rows are merged there is nothing in a table that the merge creates, or not even the table.
  return parent.exists ? [target, staged] : [staged];
}

function stagedParent(context: ReferenceContext, reference: LoadReference, parent: LoadTable) {
  const columns = reference.on.map((name) => `c${parent.columns.findIndex((column) => column.name === name)}`);
  return { relation: context.live.select(parent), columns };
}

function describe(table: LoadTable, reference: LoadReference): string {
  const columns = reference.columns.map((column) => table.columns[column]?.name).join(', ');
  return `${columns} → ${reference.table}(${reference.on.join(', ')})`;
}

function referencedValue(reference: LoadReference): string {
  return `concat_ws(', ', ${reference.columns.map((column) => `s.c${column}::text`).join(', ')})`;
}

function rejectsOf(context: ReferenceContext, table: LoadTable, reference: LoadReference): string {
  const message = quoteLiteral(`${describe(table, reference)}: no such row, neither in this load nor in the target.`);
  const column = reference.columns.length === 1 ? `${reference.columns[0]}` : 'null::int';
  return `select s.file, s.seq, ${reference.index} as number, s.line, ${column} as col, null::text as field,
    ${referencedValue(reference)} as value, 'MISSING_REFERENCE' as code, ${message} as message ${missing(context, table, reference)}`;
}

async function nullReferences(context: ReferenceContext, table: LoadTable, reference: LoadReference): Promise<number> {
  const { client, live } = context;
  const { rowCount } = await client.query(
    `insert into ${live.names.nulled} select s.file, s.seq, ${table.index}, ${reference.index} ${missing(context, table, reference)}`,
  );
  live.noteNulled(table.index, reference.index, rowCount ?? 0);
  return rowCount ?? 0;
}

async function failOnMissing(context: ReferenceContext, table: LoadTable, reference: LoadReference): Promise<number> {
  const { rows } = await context.client.query<{ count: string; path: string; line: number; value: string }>(
    `select count(*) over () as count, p.path, m.line, m.value
     from (select s.file, s.seq, s.line, ${referencedValue(reference)} as value ${missing(context, table, reference)}) m
     join ${context.live.names.plan} p on p.id = m.file order by m.file, m.seq limit 1`,
  );
  const first = rows[0];
  if (first === undefined) return 0;
  throw new LoadstoneError({
    code: 'MISSING_REFERENCES',
    message: `${first.count} rows of ${table.name} refer to rows that do not exist (${describe(table, reference)}); the first is "${first.value}" in ${first.path}, line ${first.line}. The mapping says to fail: nothing was merged.`,
    remedy: 'Load the missing rows first, or set onMissing to "reject" or "null".',
    place: { path: first.path, line: first.line },
  });
}
