import { LoadstoneError } from '#contract/errors';
import type { ConflictPolicy, LookupStep, MappedColumn, MappedTable, Mapping, Reference } from '#contract/mapping';
import { sameButForCase, type TargetColumn, type TargetTable } from '#engine/postgres/introspect';
import { parseColumnType, printColumnType } from './column-type.ts';
import { groupByReferences } from './foreign-key-order.ts';
import type { ColumnSource, LoadColumn, LoadReference, LoadTable, ResolvedStep } from './load-table.ts';
import { columnComment, tableComment } from './source-comments.ts';
import type { ColumnPlan, TablePlan } from './table-plan.ts';
import { storedName, targetName } from './target-name.ts';
import { canFill } from './value-family.ts';

export interface TargetFacts {
  readonly mapping: Mapping;
  readonly plans: readonly TablePlan[];
  /** The schema of names without one. */
  readonly schema: string;
  /** Per mapped table what the target has, or null. */
  readonly targets: readonly (TargetTable | null)[];
  /** Overrides every table's policy. */
  readonly onConflict: ConflictPolicy | undefined;
}

/**
 * Joins what the mapping wants with what the target has.
 * @throws LoadstoneError TARGET_MISMATCH when an existing table cannot take the rows, REFERENCE_CYCLE when it cannot
 * take them in any order.
 */
export function describeTables(facts: TargetFacts): LoadTable[] {
  const tables = facts.mapping.tables.map((table, index) => describeTable(facts, table, index));
  assertFillsFit(tables);
  assertTargetsDiffer(tables);
  return markCycles(tables, facts.targets);
}

/** `x` and `public.x` are two names in a mapping, and may be one table here. */
function assertTargetsDiffer(tables: readonly LoadTable[]): void {
  const seen = new Map<string, LoadTable>();
  for (const table of tables.filter(({ keep }) => keep)) {
    const name = JSON.stringify([table.schema, table.table]);
    const other = seen.get(name);
    seen.set(name, table);
    if (other === undefined) continue;
    throw mismatch(
      `"${other.name}" and "${table.name}" are the same table, ${table.schema}.${table.table}`,
      'Map a table once, or choose another schema.',
    );
  }
}

function describeTable(facts: TargetFacts, table: MappedTable, index: number): LoadTable {
  const { mapping } = facts;
  const target = facts.targets[index] ?? null;
  const name = targetName(table.name, mapping);
  const plan = facts.plans[index] as TablePlan;
  const columns = table.columns.map((column, number) => describeColumn(facts, table, column, number, plan, target));
  const columnNumber = (written: string) => columns.findIndex((column) => column.name === storedName(written, mapping));
  const described: LoadTable = {
    index,
    name: table.name,
    keep: table.keep,
    schema: name.schema ?? facts.schema,
    table: name.table,
    exists: target !== null,
    columns,
    key: table.key.map(columnNumber),
    surrogate: table.key.length > 0 || !table.keep ? null : surrogateOf(columns, target),
    references: [],
    comment: tableComment(table),
    slots: plan.slots,
    choices: [],
  };
  if (target !== null) assertTakesRows(described, target);
  return { ...described, references: describeReferences(facts, table, described, target) };
}

function describeColumn(
  facts: TargetFacts,
  table: MappedTable,
  column: MappedColumn,
  index: number,
  plan: TablePlan,
  target: TargetTable | null,
): LoadColumn {
  const name = storedName(column.name, facts.mapping);
  const existing = target?.columns.find((candidate) => candidate.name === name);
  const mappedType = printColumnType(parseColumnType(column.type, `tables "${table.name}", column "${column.name}"`));
  const known = existing === undefined ? null : existingType(existing);
  return {
    index,
    name,
    written: column.name,
    type: known ?? (existing === undefined ? mappedType : 'text'),
    mappedType,
    castTo: existing !== undefined && known === null ? existing.type : null,
    nullable: column.nullable && !(existing?.notNull ?? false) && !table.key.includes(column.name),
    default: column.default ?? null,
    policy: policyOf(facts, table, column.name),
    source: sourceOf(facts.mapping, column, plan.columns[index]),
    comment: columnComment(column),
  };
}

/** The existing column's type in our spelling, or null for a type we cannot judge. */
function existingType(column: TargetColumn): string | null {
  try {
    return printColumnType(parseColumnType(column.type, ''));
  } catch {
    return null;
  }
}

function policyOf(facts: TargetFacts, table: MappedTable, column: string): ConflictPolicy {
  if (facts.onConflict !== undefined) return facts.onConflict;
  if (typeof table.onConflict === 'string') return table.onConflict;
  return table.onConflict.columns[column] ?? table.onConflict.default;
}

function sourceOf(mapping: Mapping, column: MappedColumn, plan: ColumnPlan | undefined): ColumnSource {
  if (column.lookup !== undefined)
    return { kind: 'lookup', steps: column.lookup.map((step) => resolveStep(mapping, column, step)) };
  if (plan?.kind !== 'parent' || !plan.filledInSql || plan.slot === null) return { kind: 'staged' };
  return { kind: 'parent', slot: plan.slot, columns: plan.parents };
}

function resolveStep(mapping: Mapping, column: MappedColumn, step: LookupStep): ResolvedStep {
  const table = mapping.tables.findIndex((candidate) => candidate.name === step.table);
  const looked = mapping.tables[table] as MappedTable;
  const numberIn = (columns: readonly MappedColumn[], name: string) =>
    columns.findIndex((other) => other.name === name);
  const home = mapping.tables.find((candidate) => candidate.columns.includes(column)) as MappedTable;
  return {
    table,
    where: Object.entries(step.where).map(([theirs, ours]) => ({
      column: numberIn(looked.columns, theirs),
      equals: ours === '$value' ? ours : numberIn(home.columns, ours),
    })),
    take: numberIn(looked.columns, step.take),
    scope: step.scope,
  };
}

const SURROGATE_NAMES = ['id', 'loadstone_id', 'loadstone_row_id'];

function surrogateOf(columns: readonly LoadColumn[], target: TargetTable | null): string | null {
  const taken = new Set(columns.map((column) => column.name));
  if (target === null) return SURROGATE_NAMES.find((name) => !taken.has(name)) ?? null;
  const [only, ...others] = target.primaryKey;
  const column = target.columns.find((candidate) => candidate.name === only);
  const usable = others.length === 0 && column?.identity === 'd' && !taken.has(column.name);
  return usable ? (column?.name ?? null) : null;
}

function assertTakesRows(table: LoadTable, target: TargetTable): void {
  const label = `${table.schema}.${table.table}`;
  for (const column of table.columns) {
    const existing = target.columns.find((candidate) => candidate.name === column.name);
    if (existing === undefined) {
      const other = sameButForCase(target, column.name);
      throw mismatch(
        `Table ${label} has no column ${column.name}${other === undefined ? '' : `, but ${other}`}`,
        other === undefined
          ? 'Add the column ("loadstone tables create" does), or take it out of the mapping.'
          : `Write it as ${other} in the mapping, with "quoteNames": true, or add the column.`,
      );
    }
    if (existing.generated || existing.identity === 'a') {
      const isKey = table.key.includes(column.index);
      const remedy = isKey
        ? 'Use another key, or have it GENERATED BY DEFAULT instead of ALWAYS.'
        : 'Take it out of the mapping.';
      throw mismatch(`Column ${column.name} of ${label} is generated by the database`, remedy);
    }
  }
  const castKey = table.key.find((index) => table.columns[index]?.castTo !== null);
  if (castKey !== undefined) {
    const { name, castTo } = table.columns[castKey] as LoadColumn;
    throw mismatch(
      `Key column ${name} of ${label} has type ${castTo}, which Loadstone cannot compare`,
      'Use another key.',
    );
  }
  const mapped = new Set(table.columns.map((column) => column.name));
  const unfilled = target.columns.find(
    (column) =>
      column.notNull && !column.hasDefault && column.identity === '' && !column.generated && !mapped.has(column.name),
  );
  if (unfilled !== undefined) {
    throw mismatch(
      `Column ${unfilled.name} of ${label} may not be null and has no default, and the mapping does not fill it`,
      'Map the column, or give it a default.',
    );
  }
  assertKeyIsUnique(table, target, label);
}

/** What SQL takes from another table it does not parse: the types that the targets really have must go together. */
function assertFillsFit(tables: readonly LoadTable[]): void {
  for (const table of tables) {
    for (const { source, type, castTo, name } of table.columns) {
      for (const taken of takenBy(source)) {
        const from = tables[taken.table]?.columns[taken.column];
        if (from === undefined || canFill(type, from.type)) continue;
        throw mismatch(
          `Column ${name} of ${table.schema}.${table.table} has type ${castTo ?? type} and takes ${tables[taken.table]?.name}.${from.written}, which has type ${from.type}`,
          `Give ${from.written} the type ${castTo ?? type} in the mapping, or change the target's column.`,
        );
      }
    }
  }
}

function takenBy(source: ColumnSource): readonly { readonly table: number; readonly column: number }[] {
  switch (source.kind) {
    case 'staged':
      return [];
    case 'parent':
      return source.columns;
    case 'lookup':
      return source.steps.slice(-1).map(({ table, take }) => ({ table, column: take }));
    default:
      return source satisfies never;
  }
}

function assertKeyIsUnique(table: LoadTable, target: TargetTable, label: string): void {
  if (table.key.length === 0) return;
  const key = table.key.map((index) => table.columns[index]?.name as string).sort();
  const known = target.uniqueKeys.some((unique) => JSON.stringify([...unique].sort()) === JSON.stringify(key));
  if (known) return;
  throw mismatch(
    `Table ${label} has no primary key or unique index on (${key.join(', ')}), the mapping's key`,
    'Add one, or use the table’s own key in the mapping.',
  );
}

function mismatch(fact: string, remedy: string): LoadstoneError {
  return new LoadstoneError({ code: 'TARGET_MISMATCH', message: `${fact}. Nothing was loaded.`, remedy });
}

/** The mapping's references, and the foreign keys that the existing table has besides them. */
function describeReferences(
  facts: TargetFacts,
  table: MappedTable,
  described: LoadTable,
  target: TargetTable | null,
): LoadReference[] {
  const wanted = table.references.map((reference) => fromMapping(facts, described, reference));
  const extra = (target?.foreignKeys ?? [])
    .filter((key) => key.columns.every((name) => described.columns.some((column) => column.name === name)))
    .map(
      (key): Omit<LoadReference, 'index'> => ({
        columns: key.columns.map((name) => described.columns.findIndex((column) => column.name === name)),
        parent: mappedParent(facts, key.schema, key.table),
        schema: key.schema,
        table: key.table,
        on: key.on,
        onMissing: 'reject',
        onDelete: 'no action',
        cyclic: false,
        rigid: false,
      }),
    )
    .filter((key) => !wanted.some((other) => samePointer(other, key)));
  return [...wanted, ...extra].map((reference, index) => ({ ...reference, index }));
}

function samePointer(a: Omit<LoadReference, 'index'>, b: Omit<LoadReference, 'index'>): boolean {
  const pairs = (reference: typeof a) =>
    reference.columns
      .map((column, i) => `${column}=${reference.on[i]}`)
      .sort()
      .join();
  return a.schema === b.schema && a.table === b.table && pairs(a) === pairs(b);
}

function fromMapping(facts: TargetFacts, table: LoadTable, reference: Reference): Omit<LoadReference, 'index'> {
  const name = targetName(reference.table, facts.mapping);
  const schema = name.schema ?? facts.schema;
  return {
    columns: reference.columns.map((written) =>
      table.columns.findIndex((column) => column.name === storedName(written, facts.mapping)),
    ),
    parent: mappedParent(facts, schema, name.table),
    schema,
    table: name.table,
    on: reference.on.map((written) => storedName(written, facts.mapping)),
    onMissing: reference.onMissing,
    onDelete: reference.onDelete,
    cyclic: false,
    rigid: false,
  };
}

function mappedParent(facts: TargetFacts, schema: string, table: string): number | null {
  const index = facts.mapping.tables.findIndex((candidate) => {
    const name = targetName(candidate.name, facts.mapping);
    return candidate.keep && name.table === table && (name.schema ?? facts.schema) === schema;
  });
  return index < 0 ? null : index;
}

function markCycles(tables: readonly LoadTable[], targets: readonly (TargetTable | null)[]): LoadTable[] {
  const groups = groupByReferences(tables.map(parentsOf));
  const marked = tables.map((table) => {
    const group = groups.find((members) => members.includes(table.index)) ?? [];
    const references = table.references.map((reference) => {
      const cyclic = reference.parent !== null && group.includes(reference.parent);
      return { ...reference, cyclic, rigid: cyclic && isRigid(table, reference, targets[table.index] ?? null) };
    });
    return { ...table, references };
  });
  assertCyclesCanBeFilled(marked);
  return marked;
}

function parentsOf(table: LoadTable): number[] {
  return table.references.flatMap(({ parent }) => parent ?? []);
}

/** Other tables of a cycle whose rows must be there before rows of this table. */
function rigidParentsOf(table: LoadTable): number[] {
  return table.references.flatMap(({ rigid, parent }) => (rigid && parent !== null ? [parent] : []));
}

/**
 * Groups of tables in merge order: parents first, cycles together. Tables whose records may hold each other share a
 * group too, because a rejected record takes those inside it with it. Inside a group the order is the references' own.
 */
export function referenceGroups(tables: readonly LoadTable[]): readonly (readonly number[])[] {
  const groups = groupByReferences(
    tables.map((table) => [
      ...parentsOf(table),
      ...table.slots.flatMap((slot) => (slot.kind === 'parent' ? slot.tables : [])),
    ]),
  );
  const rigidOrder = groupByReferences(tables.map(rigidParentsOf)).flat();
  const order = groupByReferences(tables.map(parentsOf)).flatMap((cycle) =>
    [...cycle].sort((a, b) => rigidOrder.indexOf(a) - rigidOrder.indexOf(b)),
  );
  return groups.map((group) => [...group].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
}

/** Whether rows of a group may hang from rows of the group: then one that is rejected may take any other with it. */
export function isKnot(group: readonly LoadTable[]): boolean {
  const [only, ...others] = group;
  if (others.length > 0 || only === undefined) return others.length > 0;
  return only.slots.some((slot) => slot.kind === 'parent' && slot.tables.includes(only.index));
}

/**
 * Rows of a cycle go in with the reference left null and get it afterwards, or with the constraint deferred. An
 * existing constraint that allows neither wants the other row first. (One to the same row's own table needs nothing:
 * PostgreSQL looks at it when the whole statement has run.)
 */
function isRigid(table: LoadTable, reference: LoadReference, target: TargetTable | null): boolean {
  if (reference.parent === table.index) return false;
  const constraint = target?.foreignKeys.find(
    (key) =>
      key.schema === reference.schema && key.table === reference.table && sameColumns(table, reference, key.columns),
  );
  if (constraint === undefined || constraint.deferrable) return false;
  return reference.columns.every((column) => !table.columns[column]?.nullable);
}

function sameColumns(table: LoadTable, reference: LoadReference, columns: readonly string[]): boolean {
  const names = reference.columns.map((column) => table.columns[column]?.name);
  return names.length === columns.length && names.every((name) => columns.includes(name as string));
}

function assertCyclesCanBeFilled(tables: readonly LoadTable[]): void {
  const circle = groupByReferences(tables.map(rigidParentsOf)).find((group) => group.length > 1);
  if (circle === undefined) return;
  const names = circle.map((number) => `${tables[number]?.schema}.${tables[number]?.table}`);
  throw new LoadstoneError({
    code: 'REFERENCE_CYCLE',
    message: `The tables ${names.join(' and ')} refer to each other by constraints that are neither deferrable nor on columns that may be null. Nothing was loaded.`,
    remedy: 'Make one of these constraints DEFERRABLE (ALTER TABLE … ALTER CONSTRAINT … DEFERRABLE), then load again.',
  });
}
