import type { LookupStep, MappedColumn, MappedTable, Mapping, Reference } from '#contract/mapping';
import { type MappingNames, mappingNames } from './mapping-names.ts';
import { renameParentPath, unclearOwners } from './parent-paths.ts';

interface ColumnEdit {
  readonly name?: string;
  readonly type?: string;
  readonly key?: boolean;
  readonly nullable?: boolean;
  /** false: left out. */
  readonly load?: boolean;
}

interface TableEdit {
  readonly name?: string;
  /** false: left out. */
  readonly load?: boolean;
  readonly columns: Readonly<Record<number, ColumnEdit>>;
}

/**
 * What the user changed, by the numbers of tables and columns in the mapping as it was. Laid over the original anew each
 * time, so that names that are half typed, or taken, never tear a reference apart.
 */
export interface MappingEdits {
  readonly [table: number]: TableEdit;
  /** Taken beside the files that the mapping takes by itself. */
  readonly include?: readonly string[];
}

/** Takes further files; none: only those that the mapping takes by itself. */
export function includeToo(edits: MappingEdits, globs: readonly string[]): MappingEdits {
  const { include: _, ...others } = edits;
  return globs.length === 0 ? others : { ...others, include: globs };
}

/** Loads a table, or leaves it out. */
export function loadTable(edits: MappingEdits, table: number, load: boolean): MappingEdits {
  const { load: _, ...rest } = edits[table] ?? { columns: {} };
  return withTable(edits, table, load ? rest : { ...rest, load });
}

export function renameTable(edits: MappingEdits, original: Mapping, table: number, name: string): MappingEdits {
  const { name: _, ...rest } = edits[table] ?? { columns: {} };
  return withTable(edits, table, original.tables[table]?.name === name ? rest : { ...rest, name });
}

export function editColumn(
  edits: MappingEdits,
  original: Mapping,
  at: { readonly table: number; readonly column: number },
  change: ColumnEdit,
): MappingEdits {
  const table = edits[at.table] ?? { columns: {} };
  const edit = onlyChanges({ ...table.columns[at.column], ...change }, original.tables[at.table], at.column);
  const columns = Object.fromEntries(
    Object.entries({ ...table.columns, [at.column]: edit }).filter(([, one]) => Object.keys(one).length > 0),
  );
  return withTable(edits, at.table, { ...table, columns });
}

/** The mapping as it was, but with the files that it shall take too. */
export function withIncludes(original: Mapping, { include = [] }: MappingEdits): Mapping {
  const { source } = original;
  if (include.length === 0 || source.include === undefined) return original;
  return { ...original, source: { ...source, include: [...new Set([...source.include, ...include])] } };
}

/**
 * The mapping with the changes, every place that names a table or column following its new name. What is left out is
 * still in it, so that tables and columns keep their numbers.
 */
export function applyEdits(original: Mapping, edits: MappingEdits): Mapping {
  if (Object.keys(edits).length === 0) return original;
  const names = newNames(original, edits);
  const source = withIncludes(original, edits).source;
  return { ...original, source, tables: original.tables.map((table, at) => applyToTable(table, at, edits[at], names)) };
}

/** Renamed columns, as `table.column` numbers, that a path to parents may mean without anything telling so. */
export function unclearRenames(original: Mapping, edits: MappingEdits): ReadonlySet<string> {
  const names = newNames(original, edits);
  const unclear = original.tables.flatMap(({ columns }, table) =>
    columns.flatMap(({ path = [] }) => [path].flat().flatMap((one) => unclearOwners(one, table, names))),
  );
  const renamed = unclear.filter(([table, column]) => names.column(table, column) !== column);
  return new Set(renamed.map(([table, column]) => `${table}.${names.findColumn(table, column)}`));
}

function newNames(original: Mapping, edits: MappingEdits): MappingNames {
  return mappingNames(
    original,
    (table) => edits[table]?.name?.trim(),
    (table, column) => edits[table]?.columns[column]?.name?.trim(),
  );
}

function withTable(edits: MappingEdits, table: number, edit: TableEdit): MappingEdits {
  const { [table]: _, ...others } = edits;
  const isEmpty = edit.name === undefined && edit.load === undefined && Object.keys(edit.columns).length === 0;
  return isEmpty ? others : { ...others, [table]: edit };
}

function onlyChanges(edit: ColumnEdit, table: MappedTable | undefined, column: number): ColumnEdit {
  const was = table?.columns[column];
  if (table === undefined || was === undefined) return {};
  return {
    ...(edit.name !== undefined && edit.name !== was.name && { name: edit.name }),
    ...(edit.type !== undefined && edit.type !== was.type && { type: edit.type }),
    ...(edit.nullable !== undefined && edit.nullable !== was.nullable && { nullable: edit.nullable }),
    ...(edit.load === false && { load: false }),
    ...(edit.key !== undefined && edit.key !== table.key.includes(was.name) && { key: edit.key }),
  };
}

function applyToTable(table: MappedTable, at: number, edit: TableEdit | undefined, names: MappingNames): MappedTable {
  const own = (written: string) => names.column(at, written);
  return {
    ...table,
    name: names.table(table.name),
    columns: table.columns.map((column, number) => applyToColumn(column, { at, number, edit, names })),
    key: keyOf(table, edit).map(own),
    references: table.references.map((reference) => applyToReference(reference, own, names)),
    onConflict:
      typeof table.onConflict === 'string'
        ? table.onConflict
        : { ...table.onConflict, columns: mapKeys(table.onConflict.columns, own) },
  };
}

/** The key's own order first, then what was added, as the columns stand. */
function keyOf(table: MappedTable, edit: TableEdit | undefined): readonly string[] {
  const flag = (name: string) => edit?.columns[table.columns.findIndex((column) => column.name === name)]?.key;
  const kept = table.key.filter((name) => flag(name) !== false);
  const added = table.columns.map(({ name }) => name).filter((name) => !table.key.includes(name) && flag(name));
  return [...kept, ...added];
}

interface ColumnPlace {
  readonly at: number;
  readonly number: number;
  readonly edit: TableEdit | undefined;
  readonly names: MappingNames;
}

function applyToColumn(column: MappedColumn, { at, number, edit, names }: ColumnPlace): MappedColumn {
  const { path, lookup } = column;
  const rename = (one: string) => renameParentPath(one, at, names);
  return {
    ...column,
    name: names.column(at, column.name),
    type: edit?.columns[number]?.type?.trim() ?? column.type,
    nullable: edit?.columns[number]?.nullable ?? column.nullable,
    ...(path !== undefined && { path: typeof path === 'string' ? rename(path) : path.map(rename) }),
    ...(lookup !== undefined && { lookup: lookup.map((step) => applyToStep(step, at, names)) }),
  };
}

function applyToStep(step: LookupStep, at: number, names: MappingNames): LookupStep {
  const searched = names.find(step.table);
  const theirs = (written: string) => (searched === null ? written : names.column(searched, written));
  const ours = (written: string) => (written === '$value' ? written : names.column(at, written));
  const where = Object.fromEntries(Object.entries(step.where).map(([left, right]) => [theirs(left), ours(right)]));
  return { ...step, table: names.table(step.table), where, take: theirs(step.take) };
}

function applyToReference(reference: Reference, own: (written: string) => string, names: MappingNames): Reference {
  const target = names.find(reference.table);
  const on = target === null ? reference.on : reference.on.map((written) => names.column(target, written));
  return { ...reference, columns: reference.columns.map(own), table: names.table(reference.table), on };
}

function mapKeys<Value>(record: Readonly<Record<string, Value>>, rename: (key: string) => string) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [rename(key), value]));
}
