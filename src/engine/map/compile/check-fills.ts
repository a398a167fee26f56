import type { MappedColumn, Mapping } from '#contract/mapping';
import type { TablePlan } from '#engine/model/table-plan';
import { canFill } from '#engine/model/value-family';
import type { Problems } from './problems.ts';

/**
 * What SQL takes from one column for another it does not parse: their types must go together. (What the mapper takes, it
 * converts as it does any text.)
 */
export function checkFills(mapping: Mapping, plans: readonly TablePlan[], problems: Problems): void {
  for (const [t, table] of mapping.tables.entries()) {
    for (const [c, column] of table.columns.entries()) {
      for (const from of takenFrom(mapping, column, plans[t]?.columns[c]?.parents ?? [])) {
        problems.attempt(() => {
          if (canFill(column.type, from.column.type)) return;
          const place = `tables[${t}].columns[${c}].type`;
          const why = `"${column.name}" is ${column.type} and takes ${from.table}.${from.column.name}, which is ${from.column.type}`;
          problems.add(place, why, `Give both columns the same type, or "${column.name}" the type text.`);
        });
      }
    }
  }
}

interface TakenColumn {
  readonly table: string;
  readonly column: MappedColumn;
}

function takenFrom(mapping: Mapping, column: MappedColumn, parents: TablePlan['columns'][number]['parents']) {
  const last = column.lookup?.at(-1);
  const looked = mapping.tables.find(({ name }) => name === last?.table);
  const found: TakenColumn[] = [];
  for (const from of looked?.columns ?? []) {
    if (from.name === last?.take) found.push({ table: looked?.name ?? '', column: from });
  }
  for (const parent of parents) {
    const table = mapping.tables[parent.table];
    const from = table?.columns[parent.column];
    if (table !== undefined && from !== undefined) found.push({ table: table.name, column: from });
  }
  return found;
}
