import type { MappedColumn, MappedTable, Mapping, Reference } from '#contract/mapping';
import { withTable } from './add-to-mapping.ts';

/** What can be said of a column beside its name and type; undefined takes it away. */
export interface ColumnSettings {
  readonly many?: MappedColumn['many'] | undefined;
  readonly formats?: readonly string[] | undefined;
  readonly decimal?: MappedColumn['decimal'] | undefined;
  readonly default?: string | undefined;
}

/** Says how a column's values are read. */
export function setColumn(mapping: Mapping, at: ColumnPlace, settings: ColumnSettings): Mapping {
  return withTable(mapping, at.table, (table) => ({
    ...table,
    columns: table.columns.map((column, number) => (number === at.column ? withSettings(column, settings) : column)),
  }));
}

interface ColumnPlace {
  readonly table: number;
  readonly column: number;
}

function withSettings(column: MappedColumn, settings: ColumnSettings): MappedColumn {
  const merged = { ...column, ...settings };
  const entries = Object.entries(merged).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as MappedColumn;
}

/** Adds a reference to another table, by its key where there is one; to be finished by the user. */
export function addReference(mapping: Mapping, table: number, to: number): Mapping {
  const target = mapping.tables[to];
  const own = mapping.tables[table];
  const first = own?.columns[0]?.name;
  if (target === undefined || own === undefined || first === undefined) return mapping;
  const on = target.key.length > 0 ? target.key : target.columns.slice(0, 1).map(({ name }) => name);
  const columns = on.map((name) => likely(own, target, name) ?? first);
  const reference: Reference = {
    columns,
    table: target.name,
    on: [...on],
    onMissing: 'reject',
    onDelete: 'no action',
  };
  return withTable(mapping, table, (one) => ({ ...one, references: [...one.references, reference] }));
}

export function setReference(
  mapping: Mapping,
  table: number,
  at: number,
  change: (reference: Reference) => Reference,
): Mapping {
  return withTable(mapping, table, (one) => ({
    ...one,
    references: one.references.map((reference, number) => (number === at ? change(reference) : reference)),
  }));
}

export function removeReference(mapping: Mapping, table: number, at: number): Mapping {
  return withTable(mapping, table, (one) => ({
    ...one,
    references: one.references.filter((_, number) => number !== at),
  }));
}

/** The column that most likely names the other's: by its name, or else at least of its type. */
function likely({ columns, key }: MappedTable, target: MappedTable, name: string): string | undefined {
  const plain = target.name.split('.').at(-1) ?? target.name;
  const wishes = [`${plain}_${name}`, `${plain}${name}`, name].map((wish) => wish.toLowerCase());
  for (const wish of wishes) {
    const found = columns.find((column) => column.name.toLowerCase() === wish);
    if (found !== undefined) return found.name;
  }
  const type = target.columns.find((column) => column.name === name)?.type;
  return columns.find((column) => column.type === type && !key.includes(column.name))?.name;
}
