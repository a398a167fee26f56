import type { Mapping } from '#contract/mapping';
import type { TablesPlan } from '#contract/tables-plan';
import { storedName } from '#engine/model/target-name';

/**
 * @returns the mapping without the columns that the plan leaves out, and without the references that start from one of
 * them or point at one; null when the plan leaves out none.
 */
export function leaveOut(mapping: Mapping, { changes }: Pick<TablesPlan, 'changes'>): Mapping | null {
  const out = new Set(
    changes
      .filter(({ kind, outcome }) => kind === 'add-column' && outcome === 'left')
      .map(({ table, columns }) => JSON.stringify([table, columns[0]])),
  );
  if (out.size === 0) return null;
  const isOut = (table: string, column: string) => out.has(JSON.stringify([table, storedName(column, mapping)]));
  const named = new Map(mapping.tables.map(({ name }) => [storedName(name, mapping), name]));
  const parentOf = (written: string) => named.get(storedName(written, mapping)) ?? written;
  const tables = mapping.tables.map((table) => ({
    ...table,
    columns: table.columns.filter(({ name }) => !isOut(table.name, name)),
    references: table.references.filter(
      ({ columns, table: other, on }) =>
        !columns.some((name) => isOut(table.name, name)) && !on.some((name) => isOut(parentOf(other), name)),
    ),
    onConflict:
      typeof table.onConflict === 'string'
        ? table.onConflict
        : {
            ...table.onConflict,
            columns: Object.fromEntries(
              Object.entries(table.onConflict.columns).filter(([name]) => !isOut(table.name, name)),
            ),
          },
  }));
  return { ...mapping, tables };
}
