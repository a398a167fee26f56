import { literalGlob } from '#contract/literal-glob';
import type { MappedTable, Mapping } from '#contract/mapping';
import { Names } from '../mapping/design/add-to-mapping.ts';
import { baseName } from '../paths.ts';

/** A folder with more files is hardly meant to become as many tables. */
export const MOST_TABLES = 200;

/** The files that feed a table, of those that a load takes. */
export function filesOf({ include }: Pick<MappedTable, 'include'>, paths: readonly string[]): readonly string[] {
  if (include.includes('*')) return paths;
  const named = new Set(include);
  return paths.filter((path) => named.has(literalGlob(path)));
}

/**
 * A table for each file, called as the file is, where one was proposed for several files with the same columns. What
 * referred to such a table does so no more: nothing says in which of the tables the row would be.
 */
export function splitByFile(mapping: Mapping, paths: readonly string[]): Mapping {
  const names = new Names(mapping);
  const isSplit = new Set(mapping.tables.filter((table) => filesOf(table, paths).length > 1).map(({ name }) => name));
  for (const { name } of mapping.tables) if (!isSplit.has(name)) names.take(name);
  const tables = mapping.tables.flatMap((table): MappedTable[] => {
    const references = table.references.filter((one) => !isSplit.has(one.table));
    if (!isSplit.has(table.name)) return [{ ...table, references }];
    return filesOf(table, paths).map((path) => ({
      ...table,
      references,
      name: names.take(baseName(path).replace(/\.[^.]+$/, '')),
      include: [literalGlob(path)],
    }));
  });
  return { ...mapping, tables };
}
