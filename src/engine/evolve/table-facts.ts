import type { LoadReference, LoadTable } from '#engine/model/load-table';
import type { TargetTable } from '#engine/postgres/introspect';

/** What deciding about an existing table needs beyond its columns and keys. */
export interface TableFacts {
  readonly isEmpty: boolean;
  /** Columns of each index over the whole table, in its order. */
  readonly indexes: readonly (readonly string[])[];
  /** Columns whose type PostgreSQL does not let be altered, with what is in the way. */
  readonly fixed: Readonly<Record<string, string>>;
  /** Columns that sort otherwise than their type does, with their collation as SQL. */
  readonly collations: Readonly<Record<string, string>>;
}

/** What only the rows can tell; asked for what {@link wantsKey} and {@link wantedReferences} name. */
export interface RowFacts {
  /** Why the rows cannot have the mapping's key, or null. */
  readonly keyConflict: string | null;
  /** By number of the reference: rows that would refer to nothing. */
  readonly orphans: ReadonlyMap<number, number>;
}

/** A mapped table beside what the target has of it. */
export interface ExistingTable {
  /** As if the target were empty: the types and references are the mapping's. */
  readonly table: LoadTable;
  readonly target: TargetTable;
  readonly facts: TableFacts;
}

/** @returns the key's columns that the target must tell rows apart by and does not; none when it does. */
export function wantedKey(table: LoadTable, target: TargetTable): string[] {
  const key = table.key.map((index) => table.columns[index]?.name as string);
  const sorted = JSON.stringify([...key].sort());
  const known = target.uniqueKeys.some((unique) => JSON.stringify([...unique].sort()) === sorted);
  return known ? [] : key;
}

/** @returns the mapping's references that the target has no foreign key for. */
export function wantedReferences(table: LoadTable, target: TargetTable): LoadReference[] {
  return table.references.filter((reference) => {
    const wanted = pairs(columnsOf(table, reference), reference.on);
    return !target.foreignKeys.some(
      (key) =>
        key.schema === reference.schema && key.table === reference.table && pairs(key.columns, key.on) === wanted,
    );
  });
}

export function columnsOf(table: LoadTable, { columns }: Pick<LoadReference, 'columns'>): string[] {
  return columns.map((index) => table.columns[index]?.name as string);
}

export function hasColumns({ columns }: TargetTable, names: readonly string[]): boolean {
  return names.every((name) => columns.some((column) => column.name === name));
}

function pairs(columns: readonly string[], on: readonly string[]): string {
  return JSON.stringify(columns.map((column, at) => [column, on[at]]).sort());
}
