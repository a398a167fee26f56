import type { TableDraft } from './drafts.ts';
import { columnNames, folded, joinWords, SqlNames } from './sql-names.ts';

/** What rows are told apart by when the source says nothing, called as no field of any table is. */
export interface PlaceNames {
  readonly file: string;
  readonly place: string;
  readonly line: string;
  readonly node: string;
}

/** Names tables and their fields: as in the source, made unique where PostgreSQL would take two for one. */
export function nameTables(tables: readonly TableDraft[]): PlaceNames {
  const names = new SqlNames();
  for (const table of tables) {
    const own = joinWords([table.node.local], 'record');
    const [parent] = table.parents;
    const above = table.steps.at(-2)?.local ?? '';
    table.name = names.take(own, joinWords([parent?.name ?? above, own], own), joinWords([above, own], own));
    nameFields(table);
  }
  const fields = new Set(tables.flatMap((table) => table.fields.map(({ name }) => folded(name))));
  const unused = (...wishes: readonly string[]) => {
    const free = wishes.find((wish) => !fields.has(wish));
    return free ?? `loadstone_${wishes[0]}`;
  };
  return {
    file: unused('file', 'source_file', 'file_path'),
    place: unused('place', 'nth', 'ordinal'),
    line: unused('line', 'source_line', 'line_in_file'),
    node: unused('node', 'element_number', 'node_in_file'),
  };
}

function nameFields(table: TableDraft): void {
  const names = columnNames();
  for (const field of table.fields) {
    const { words } = field;
    field.name = names.take(joinWords(words, 'value'), joinWords([table.node.local, ...words], 'value'));
  }
}
