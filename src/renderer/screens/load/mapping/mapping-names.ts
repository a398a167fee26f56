import type { Mapping } from '#contract/mapping';

/** Where the names of a mapping are found, and what they become. */
export interface MappingNames {
  readonly original: Mapping;
  /** The table of this name, however its letters fold; null: not one of the mapping's. */
  find(table: string): number | null;
  /** The new name of a table; what the mapping does not know stays as it is. */
  table(written: string): string;
  /** The new name of a column. */
  column(table: number, written: string): string;
  /** The column's number; null: there is none of this name. */
  findColumn(table: number, written: string): number | null;
}

type RenameTable = (table: number) => string | undefined;
type RenameColumn = (table: number, column: number) => string | undefined;

export function mappingNames(original: Mapping, tableName: RenameTable, columnName: RenameColumn): MappingNames {
  const same = (left: string, right: string) => foldName(left, original) === foldName(right, original);
  const at = (names: readonly { readonly name: string }[], written: string) => {
    const exact = names.findIndex(({ name }) => name === written);
    const found = exact >= 0 ? exact : names.findIndex(({ name }) => same(name, written));
    return found < 0 ? null : found;
  };
  const find = (table: string) => at(original.tables, table);
  const findColumn = (table: number, written: string) => at(original.tables[table]?.columns ?? [], written);
  return {
    original,
    find,
    findColumn,
    table: (written) => {
      const found = find(written);
      return (found === null ? undefined : tableName(found)) ?? written;
    },
    column: (table, written) => {
      const found = findColumn(table, written);
      return (found === null ? undefined : columnName(table, found)) ?? written;
    },
  };
}

/** A name as PostgreSQL stores it: ASCII letters folded to lower case unless the mapping quotes its names. */
export function foldName(written: string, mapping: Pick<Mapping, 'quoteNames'>): string {
  return mapping.quoteNames ? written : written.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
