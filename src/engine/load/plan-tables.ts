import { LoadstoneError } from '#contract/errors';
import type { TableChange, TablesPlan, TablesRequest } from '#contract/tables-plan';
import { leaveOut } from '#engine/evolve/leave-out';
import { planTables, type TargetState } from '#engine/evolve/plan-tables';
import { readFacts, readRowFacts } from '#engine/evolve/read-facts';
import type { LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { nameTaken } from '#engine/postgres/introspect';
import { readWantedTables } from './load-model.ts';

export interface PlannedTables {
  readonly plan: TablesPlan;
  /** What is planned for: the mapping's tables as if the target were empty, without columns that are left out. */
  readonly tables: readonly LoadTable[];
  /** Those of the tables that the target has. */
  readonly existing: ReadonlySet<number>;
  /** The names of those that hold rows already. */
  readonly filled: readonly string[];
}

/**
 * Compares the mapping's tables with the target's, and its rows where only they can tell.
 * @throws LoadstoneError MAPPING_INVALID, REFERENCE_CYCLE, TARGET_MISMATCH when a mapping does without what it needs.
 */
export async function planForTarget(client: PgClient, request: TablesRequest): Promise<PlannedTables> {
  const planned = await planOnce(client, request);
  const mapping = leaveOut(request.mapping, planned.plan);
  if (mapping === null || planned.plan.state === 'refused') return planned;
  const { plan, ...narrowed } = await planNarrowed(client, { ...request, mapping });
  const left = planned.plan.changes.filter(isLeftColumn);
  const state = plan.state === 'equal' ? 'differs' : plan.state;
  return { plan: { ...plan, state, changes: [...left, ...plan.changes], mapping }, ...narrowed };
}

function isLeftColumn({ kind, outcome }: TableChange): boolean {
  return kind === 'add-column' && outcome === 'left';
}

/** Other columns may look up what is left out now. */
async function planNarrowed(client: PgClient, request: TablesRequest): Promise<PlannedTables> {
  const bare = request.mapping.tables.find(({ columns }) => columns.length === 0);
  if (bare !== undefined) throw cannotDoWithout(`table "${bare.name}" would have no columns`);
  try {
    return await planOnce(client, request);
  } catch (thrown) {
    if (!(thrown instanceof LoadstoneError) || thrown.code !== 'MAPPING_INVALID') throw thrown;
    throw cannotDoWithout(thrown.message);
  }
}

function cannotDoWithout(why: string): LoadstoneError {
  return new LoadstoneError({
    code: 'TARGET_MISMATCH',
    message: `The mapping cannot do without the columns that the target lacks: ${why.replace(/\.$/, '')}. Nothing was changed.`,
    remedy: 'Add the columns (policy evolve), or take out of the mapping what needs them.',
  });
}

async function planOnce(client: PgClient, request: TablesRequest): Promise<PlannedTables> {
  const { mapping, schema, policy } = request;
  const { tables, targets } = await readWantedTables(client, { mapping, schema, onConflict: undefined });
  const states: (TargetState | null)[] = [];
  const taken = new Map<number, string>();
  for (const table of tables) {
    const target = targets[table.index] ?? null;
    if (target === null) {
      const owner = table.keep ? await nameTaken(client, table.schema, table.table) : null;
      if (owner !== null) taken.set(table.index, owner);
      states.push(null);
      continue;
    }
    const facts = await readFacts(client, target);
    states.push({ target, facts, rows: await readRowFacts(client, { table, target, facts }, targets) });
  }
  const plan = planTables({ tables, states, taken, missingSchemas: await missingSchemas(client, tables), policy });
  const existing = new Set(states.flatMap((state, index) => (state === null ? [] : [index])));
  const filled = tables.filter(({ keep, index }) => keep && states[index]?.facts.isEmpty === false);
  return { plan, tables, existing, filled: filled.map(({ name }) => name) };
}

async function missingSchemas(client: PgClient, tables: readonly LoadTable[]): Promise<string[]> {
  const wanted = [...new Set(tables.filter(({ keep }) => keep).map(({ schema }) => schema))];
  const { rows } = await client.query<{ schema: string }>(
    `select schema from unnest($1::text[]) schema where not exists (select from pg_namespace where nspname = schema)`,
    [wanted],
  );
  return rows.map(({ schema }) => schema);
}
