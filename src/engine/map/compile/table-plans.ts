import type { ColumnPlan, TablePlan } from '#engine/model/table-plan';
import type { CompiledColumn, CompiledTable } from './compiled.ts';

/** What the SQL stages are told of each table. */
export function tablePlans(tables: readonly CompiledTable[]): readonly TablePlan[] {
  return tables.map(({ index, slots, columns }) => ({
    table: index,
    slots: slots.map(({ slot }) => slot),
    columns: columns.map((column) => columnPlan(column, tables)),
  }));
}

/** @returns whether a column that is null when its row is mapped may have another value after SQL's part. */
export function isOpenInSql(column: CompiledColumn | undefined): boolean {
  if (column === undefined) return false;
  const { lookup, default: byDefault } = column.mapped;
  return lookup !== undefined || byDefault !== undefined || column.slot !== null;
}

function columnPlan(column: CompiledColumn, tables: readonly CompiledTable[]): ColumnPlan {
  const { mapped, slot } = column;
  const source = column.sources[column.upward];
  const asked = source?.kind === 'parent' ? source.columns : [];
  const parents = asked
    .filter((at) => isOpenInSql(tables[at.table]?.columns[at.column]))
    .map((at) => ({ table: at.table, column: at.column }));
  const filledInSql = mapped.lookup !== undefined || parents.length > 0;
  return { name: mapped.name, kind: kindOf(column), slot, parents, filledInSql };
}

function kindOf({ mapped, sources, upward }: CompiledColumn): ColumnPlan['kind'] {
  if (mapped.const !== undefined) return 'const';
  if (mapped.lookup !== undefined) return 'lookup';
  const source = sources[upward];
  if (source?.kind === 'parent' || source?.kind === 'ancestor') return source.kind;
  return sources.length > 0 ? 'path' : 'default-only';
}
