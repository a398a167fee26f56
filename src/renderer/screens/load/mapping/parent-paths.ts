import type { MappingNames } from './mapping-names.ts';

const PARENT = /^\s*\$parent\.(?:\[("(?:[^"\\]|\\.)*")\]|([^[].*?))\s*$/s;

/**
 * `$parent.column` means the column of the nearest enclosing record whose table has it, so a renamed column of one table
 * may or may not be meant. It follows where only one table has the column, or where the records' patterns tell which is
 * nearest.
 */
export function renameParentPath(path: string, table: number, names: MappingNames): string {
  const column = parentColumn(path);
  if (column === null) return path;
  const [meant, ...others] = owners(column, table, names);
  if (meant === undefined || (meant.far === null && others.length > 0)) return path;
  const name = names.column(meant.table, column);
  return name === column ? path : parentPath(name);
}

/** The tables whose column the path may mean, when nothing tells which; none when it is clear. */
export function unclearOwners(
  path: string,
  table: number,
  names: MappingNames,
): readonly [table: number, column: string][] {
  const column = parentColumn(path);
  if (column === null) return [];
  const found = owners(column, table, names);
  return found.length > 1 && found[0]?.far === null ? found.map((owner) => [owner.table, column]) : [];
}

/** The columns that a path to parents may mean: the nearest, or all when nothing tells which is. */
export function parentColumns(
  path: string,
  table: number,
  names: MappingNames,
): readonly { readonly table: number; readonly name: string }[] {
  const name = parentColumn(path);
  if (name === null) return [];
  const found = owners(name, table, names);
  const meant = found[0]?.far === null ? found : found.slice(0, 1);
  return meant.map((owner) => ({ table: owner.table, name }));
}

interface Owner {
  readonly table: number;
  /** How far above the records it stands; null: unknown. */
  readonly far: number | null;
}

/** The nearest first. Records of one table may hold each other, but another table is meant when there is one. */
function owners(column: string, table: number, names: MappingNames): readonly Owner[] {
  const all = names.original.tables.flatMap((_, owner): Owner[] =>
    names.findColumn(owner, column) === null ? [] : [{ table: owner, far: distance(names, owner, table) }],
  );
  const others = all.filter((owner) => owner.table !== table);
  const far = (owner: Owner) => owner.far ?? Number.POSITIVE_INFINITY;
  return (others.length > 0 ? others : all).toSorted((a, b) => (far(a) === far(b) ? 0 : far(a) - far(b)));
}

function parentColumn(path: string): string | null {
  const [, quoted, plain] = PARENT.exec(path) ?? [];
  if (quoted === undefined) return plain ?? null;
  const name: unknown = JSON.parse(quoted);
  return typeof name === 'string' ? name : null;
}

function parentPath(column: string): string {
  return column.startsWith('[') ? `$parent.[${JSON.stringify(column)}]` : `$parent.${column}`;
}

/** How many elements above the table's records the owner's stand, as far as their patterns say. */
function distance({ original }: MappingNames, owner: number, table: number): number | null {
  const element = steps(original.tables[owner]?.records).at(-1);
  if (element === undefined || element === '*') return null;
  const above = steps(original.tables[table]?.records).slice(0, -1);
  const at = above.lastIndexOf(element);
  return at < 0 ? null : above.length - at;
}

function steps(records: string | undefined): readonly string[] {
  const plain = (records ?? '').replace(/\[(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\]"'])*\]/g, '');
  return plain.split('/').filter((step) => step !== '');
}
