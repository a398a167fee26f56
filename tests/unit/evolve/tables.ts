import { type MappingInput, mappingSchema } from '#contract/mapping';
import type { TablesPolicy } from '#contract/tables-plan';
import { type PlanInput, planTables, type TargetState } from '#engine/evolve/plan-tables';
import type { TableFacts } from '#engine/evolve/table-facts';
import { compileMapping } from '#engine/map/compile-mapping';
import { describeTables } from '#engine/model/describe-tables';
import { NameTable } from '#engine/model/name-table';
import type { TargetColumn, TargetTable } from '#engine/postgres/introspect';

/** `integer`, `integer not null`, `integer default`, `integer always` (an identity). */
type ColumnNote = string;

export interface Existing {
  readonly columns: Readonly<Record<string, ColumnNote>>;
  readonly key?: readonly string[];
  readonly references?: TargetTable['foreignKeys'];
  readonly facts?: Partial<TableFacts>;
  readonly keyConflict?: string;
  readonly orphans?: Readonly<Record<number, number>>;
}

/** Plans for a target of which only what matters is said; tables have rows unless told otherwise. */
export function planFor(
  input: MappingInput,
  target: Readonly<Record<string, Existing>>,
  policy: TablesPolicy = 'evolve',
  missingSchemas: readonly string[] = [],
) {
  const mapping = mappingSchema.parse(input);
  const { plans } = compileMapping(mapping, new NameTable());
  const targets = mapping.tables.map(() => null);
  const tables = describeTables({ mapping, plans, schema: 'public', targets, onConflict: undefined });
  const states = tables.map((table): TargetState | null => {
    const existing = target[table.table];
    return existing === undefined ? null : stateOf(table.table, existing);
  });
  return planTables({ tables, states, taken: new Map(), missingSchemas, policy } satisfies PlanInput);
}

function stateOf(table: string, existing: Existing): TargetState {
  const { columns, key = [], references = [], facts = {}, keyConflict = null, orphans = {} } = existing;
  return {
    target: {
      oid: 1,
      schema: 'public',
      table,
      columns: Object.entries(columns).map(([name, note]) => columnOf(name, note)),
      primaryKey: key,
      uniqueKeys: key.length === 0 ? [] : [key],
      foreignKeys: references,
      hasBeforeTrigger: false,
    },
    facts: { isEmpty: false, indexes: key.length === 0 ? [] : [key], fixed: {}, collations: {}, ...facts },
    rows: { keyConflict, orphans: new Map(Object.entries(orphans).map(([at, count]) => [Number(at), count])) },
  };
}

function columnOf(name: string, note: ColumnNote): TargetColumn {
  const isAlways = note.endsWith(' always');
  return {
    name,
    type: note.replace(/ (not null|default|always)$/, ''),
    notNull: note.endsWith(' not null'),
    hasDefault: note.endsWith(' default'),
    identity: isAlways ? 'a' : '',
    generated: false,
  };
}
