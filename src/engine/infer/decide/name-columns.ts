import type { FieldDraft, TableDraft } from './drafts.ts';
import type { PathNames } from './path-names.ts';
import { columnNames, folded, joinWords, SqlNames } from './sql-names.ts';

/** What rows are told apart by when the source says nothing, called as no field of any table is. */
export interface PlaceNames {
  readonly file: string;
  readonly place: string;
  readonly line: string;
  readonly node: string;
  readonly name: string;
}

/** Names tables and their fields: as in the source, made unique where PostgreSQL would take two for one. */
export function nameTables(tables: readonly TableDraft[], paths: PathNames): PlaceNames {
  const names = new SqlNames();
  for (const table of tables) {
    const own = joinWords([table.node.local], 'record');
    const [parent] = table.parents;
    const above = table.steps.at(-2)?.local ?? '';
    const prefix = paths.element(table.node).includes(':') ? paths.prefixOf(table.node.uri) : '';
    table.name = names.take(
      own,
      joinWords([prefix, own], own),
      joinWords([parent?.name ?? above, own], own),
      joinWords([above, own], own),
    );
    nameFields(table, paths);
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
    name: unused('key', 'entry_key', 'element_name'),
    node: unused('node', 'element_number', 'node_in_file'),
  };
}

function nameFields(table: TableDraft, paths: PathNames): void {
  const names = columnNames();
  const wishes = table.fields.map(({ words }) => folded(joinWords(words, 'value')));
  for (const [at, field] of table.fields.entries()) {
    const { words } = field;
    const own = joinWords(words, 'value');
    const prefixed = joinWords([prefixOf(field, table, paths), ...words], 'value');
    // Of two that differ in nothing but their namespaces, the one in none is called by its bare name.
    const isAlone = wishes.indexOf(folded(own)) === wishes.lastIndexOf(wishes[at] ?? '');
    field.name = names.take(...(isAlone ? [own] : [prefixed, own]), joinWords([table.node.local, ...words], 'value'));
  }
}

function prefixOf({ take, steps }: FieldDraft, { node }: TableDraft, paths: PathNames): string {
  return paths.prefixOf(take.kind === 'attribute' ? take.name.uri : ((steps.at(-1) ?? node).uri ?? null));
}
