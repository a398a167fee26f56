import type { TableChange, TablesPlan, TablesPolicy } from '#contract/tables-plan';
import { groupByReferences } from '#engine/model/foreign-key-order';
import type { LoadTable } from '#engine/model/load-table';
import { tableDdl } from '#engine/postgres/ddl';
import type { TargetTable } from '#engine/postgres/introspect';
import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';
import { type Proposal, proposeForExisting } from './plan-existing.ts';
import type { RowFacts, TableFacts } from './table-facts.ts';

export interface TargetState {
  readonly target: TargetTable;
  readonly facts: TableFacts;
  readonly rows: RowFacts;
}

export interface PlanInput {
  /** As if the target were empty: what the mapping wants. */
  readonly tables: readonly LoadTable[];
  /** Per mapped table what the target has, or null. */
  readonly states: readonly (TargetState | null)[];
  /** By number of a table that is to be created: what has its name already. */
  readonly taken: ReadonlyMap<number, string>;
  /** Schemas that must be created before their tables. */
  readonly missingSchemas: readonly string[];
  readonly policy: TablesPolicy;
}

/**
 * What would make the target fit the mapping, and what of it the policy allows. Pure: the same tables give the same
 * statements. A plan in which something is refused has no statements at all.
 */
export function planTables(input: PlanInput): TablesPlan {
  const { tables, states, policy } = input;
  const proposals = parentsFirst(tables).flatMap((table): Judged[] => {
    if (!table.keep) return [];
    const state = states[table.index] ?? null;
    const proposed = state === null ? proposeNew(table, input) : proposeForExisting({ table, ...state }, state.rows);
    return proposed.map((proposal) => ({ ...proposal, table, outcome: outcomeOf(proposal.change, policy) }));
  });
  const changes = proposals.map(({ change, outcome }): TableChange => {
    return outcome === 'left' ? { ...change, reason: whyLeft(change), outcome } : { ...change, outcome };
  });
  const isRefused = proposals.some(({ outcome }) => outcome === 'refused');
  const made = proposals.filter(({ outcome }) => outcome === 'made');
  return {
    policy,
    state: isRefused ? 'refused' : changes.length === 0 ? 'equal' : 'differs',
    changes,
    ddl: isRefused ? [] : statementsOf(made, input),
  };
}

interface Judged extends Proposal {
  readonly table: LoadTable;
  readonly outcome: TableChange['outcome'];
}

function outcomeOf({ kind, safety }: Proposal['change'], policy: TablesPolicy): TableChange['outcome'] {
  if (kind === 'create-table' && safety !== 'safe') return 'refused';
  switch (policy) {
    case 'evolve':
      return safety === 'safe' ? 'made' : 'refused';
    case 'freeze':
      return 'refused';
    case 'discard-column':
      if (kind === 'create-table' || kind === 'comment') return 'made';
      return kind === 'add-key' || kind === 'fill-column' ? 'refused' : 'left';
    default:
      return policy satisfies never;
  }
}

function whyLeft({ kind }: Proposal['change']): string {
  switch (kind) {
    case 'add-column':
      return 'the target lacks it: left out of the mapping';
    case 'widen-type':
      return 'stays as it is: a load rejects the values that do not fit';
    case 'add-reference':
      return 'stays as it is: a load judges the reference all the same';
    default:
      return 'stays as it is';
  }
}

function proposeNew(table: LoadTable, { taken, policy }: PlanInput): Proposal[] {
  const about = { table: table.name, columns: [], from: null, safety: 'safe' } as const;
  const to = `${table.schema}.${table.table}`;
  const owner = taken.get(table.index);
  if (owner !== undefined) {
    const reason = `${owner} has that name: choose another name or schema in the mapping, or rename what is there`;
    return [{ change: { ...about, kind: 'create-table', to, safety: 'impossible', reason } }];
  }
  const create: Proposal = { change: { ...about, kind: 'create-table', to, reason: 'the target has no such table' } };
  // Where no table is created its comments are not missed either.
  if (policy === 'freeze') return [create];
  return [
    create,
    { change: { ...about, kind: 'comment', to, reason: 'tables and columns say where their content comes from' } },
  ];
}

/** A column that others refer to must be widened before theirs. */
function parentsFirst(tables: readonly LoadTable[]): LoadTable[] {
  const order = groupByReferences(tables.map((table) => table.references.flatMap(({ parent }) => parent ?? [])));
  return order.flat().flatMap((index) => tables[index] ?? []);
}

function statementsOf(made: readonly Judged[], { tables, missingSchemas }: PlanInput): string[] {
  const created = new Set(made.filter(({ change }) => change.kind === 'create-table').map(({ table }) => table.index));
  const news = tables.filter(({ index }) => created.has(index)).map((table) => ({ table, ddl: tableDdl(table) }));
  const own = (kind: TableChange['kind']) =>
    made.filter(({ change }) => change.kind === kind).flatMap(({ statements = [] }) => statements);
  const schemas = missingSchemas.filter((schema) => news.some(({ table }) => table.schema === schema));
  return [
    ...schemas.map((schema) => `create schema ${quoteIdentifier(schema)}`),
    ...news.map(({ ddl }) => ddl.create),
    ...alterations(made),
    ...news.flatMap(({ ddl }) => ddl.primaryKey ?? []),
    ...own('add-key'),
    ...news.flatMap(({ ddl }) => ddl.foreignKeys),
    ...own('add-reference'),
    ...news.flatMap(({ ddl }) => ddl.indexes),
    ...own('add-index'),
    ...news.flatMap(({ ddl }) => ddl.comments),
    ...own('add-column'),
  ];
}

/** One statement per table, so that a table is written anew at most once. */
function alterations(made: readonly Judged[]): string[] {
  const clauses = new Map<LoadTable, string[]>();
  for (const { table, clause } of made) {
    if (clause === undefined) continue;
    clauses.set(table, [...(clauses.get(table) ?? []), clause]);
  }
  return [...clauses].map(
    ([table, list]) =>
      `alter table ${quoteQualified(table.schema, table.table)}${list.map((one) => `\n  ${one}`).join(',')}`,
  );
}
