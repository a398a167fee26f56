import { ColumnFamilies } from './column-families.ts';
import type { FieldDraft, LinkColumn, ReferenceDraft, TableDraft } from './drafts.ts';
import type { KeyPlan } from './keys.ts';
import type { PlaceNames } from './name-columns.ts';
import { columnNames, folded, numbered, type SqlNames, storable } from './sql-names.ts';

interface LinkOptions {
  readonly plans: ReadonlyMap<TableDraft, KeyPlan>;
  readonly references: ReadonlyMap<TableDraft, readonly ReferenceDraft[]>;
  readonly places: PlaceNames;
  readonly parentsOf: ReadonlySet<TableDraft>;
}

/** Gives tables their keys, the columns that name their parents, and their references. */
export function linkTables(tables: readonly TableDraft[], options: LinkOptions): void {
  const linker = new Linker(tables, options);
  // A recursive table's key never depends on its parents, which may stand behind it.
  for (const table of tables) if (table.isRecursive) linker.ownKey(table);
  for (const table of tables) if (!table.isRecursive) linker.table(table);
  for (const table of tables) if (table.isRecursive) linker.parents(table);
  for (const table of tables) if (table.fields.length + table.links.length === 0) linker.whereItStands(table);
  for (const table of tables) table.references.push(...(options.references.get(table) ?? []).map(linker.renamed));
}

class Linker {
  readonly #options: LinkOptions;
  readonly #families: ColumnFamilies;
  readonly #names = new Map<TableDraft, SqlNames>();
  readonly #renames = new Map<TableDraft, Map<string, string>>();
  /** Recursive tables and their parents: what a row stands in differs from row to row, so each key has a name of its own. */
  readonly #named: ReadonlySet<TableDraft>;

  constructor(tables: readonly TableDraft[], options: LinkOptions) {
    this.#options = options;
    this.#families = new ColumnFamilies(tables);
    this.#named = new Set(tables.flatMap((table) => (table.isRecursive ? [table, ...table.parents] : [])));
    for (const table of tables) {
      const names = columnNames();
      for (const { name } of table.fields) names.take(name);
      this.#names.set(table, names);
    }
    for (const [table, list] of options.references) for (const one of list) this.#note(table, one);
  }

  /** References were found before columns got their last names. */
  readonly renamed = (reference: ReferenceDraft): ReferenceDraft => ({
    ...reference,
    columns: reference.columns.map((name) => this.#renames.get(this.#owner(reference))?.get(name) ?? name),
    on: reference.on.map((name) => this.#renames.get(reference.to)?.get(name) ?? name),
  });

  readonly #owners = new Map<ReferenceDraft, TableDraft>();

  #note(table: TableDraft, reference: ReferenceDraft): void {
    this.#owners.set(reference, table);
  }

  #owner(reference: ReferenceDraft): TableDraft {
    return this.#owners.get(reference) ?? reference.to;
  }

  table(table: TableDraft): void {
    const plan = this.#options.plans.get(table);
    const links = this.parents(table);
    if (plan?.kind === 'parent-field') {
      const field = this.#settleField(table, plan.field);
      table.key = [...links, field.name];
    } else if (plan?.kind === 'parent-place') {
      table.key = [...links, this.#ownLink(table, this.#options.places.place, 'integer', '$index')];
    } else if (plan?.kind === 'parent-name') {
      table.key = [...links, this.#ownLink(table, this.#options.places.name, 'text', '$element')];
    } else this.ownKey(table);
  }

  ownKey(table: TableDraft): void {
    const { plans, places } = this.#options;
    const plan = plans.get(table);
    const file = () => this.#ownLink(table, places.file, 'text', '$file');
    if (plan?.kind === 'field') table.key = [this.#settleField(table, plan.field).name];
    else if (plan?.kind === 'file') table.key = [file()];
    else if (plan?.kind === 'file-place') table.key = [file(), this.#ownLink(table, places.place, 'integer', '$index')];
    else if (plan?.kind === 'file-name') table.key = [file(), this.#ownLink(table, places.name, 'text', '$element')];
    else if (plan?.kind === 'file-node') table.key = [file(), this.#ownLink(table, places.node, 'bigint', '$node')];
    if (this.#options.parentsOf.has(table)) this.#handDown(table);
  }

  /** A table needs columns, even where its elements only count. */
  whereItStands(table: TableDraft): void {
    const { file, line } = this.#options.places;
    this.#ownLink(table, file, 'text', '$file');
    this.#ownLink(table, line, 'integer', '$line');
  }

  /** @returns the names of the columns that name the (first) parent. */
  parents(table: TableDraft): readonly string[] {
    let first: readonly string[] = [];
    for (const parent of table.parents) {
      if (parent.key.length === 0) continue;
      const columns = parent.key.map((name) => this.#parentColumn(table, parent, name));
      table.references.push({ columns, to: parent, on: parent.key, evidence: null });
      if (first.length === 0) first = columns;
    }
    if (!table.isRecursive && this.#options.parentsOf.has(table)) this.#handDown(table);
    return first;
  }

  #parentColumn(table: TableDraft, parent: TableDraft, name: string): string {
    const { type, path, isOfParent } = columnOf(parent, name);
    const isSelf = parent === table;
    const isFull = isOfParent || folded(name).startsWith(folded(parent.name));
    const full = isFull ? name : `${parent.name}_${name}`;
    // A file's name is known at once; what else a parent knows may come late.
    const from = path === '$file' && !table.isRecursive ? '$file' : `$parent.${name}`;
    const isKey = this.#options.plans.get(table)?.kind.startsWith('parent-') === true;
    const prefixed = isKey && this.#named.has(table) ? `${table.name}_${full}` : `${parent.name}_${name}`;
    const wishes = [isSelf ? `parent_${name}` : full, prefixed];
    return this.#link(table, wishes, { type, path: from, isOfParent: true }, isKey, name);
  }

  #ownLink(table: TableDraft, name: string, type: string, path: string): string {
    const own = this.#named.has(table) ? `${table.name}_${name}` : name;
    return this.#link(table, [own], { type, path, isOfParent: false }, true, null);
  }

  /** @param handed The name of the parent's column that the link takes over. */
  #link(
    table: TableDraft,
    wishes: readonly string[],
    column: Omit<LinkColumn, 'name'>,
    isKey: boolean,
    handed: string | null,
  ): string {
    const { type } = column;
    // A row of a recursive table asks for it past any number of other rows: whoever has the name must mean the same.
    const isOfOneTable = isKey && this.#named.has(table);
    const isSame = (wish: string) => handed !== null && folded(wish) === folded(handed);
    const fits = (wish: string) =>
      !this.#families.clashes(wish, type) &&
      (isOfOneTable ? this.#families.uses(wish) === 0 : isSame(wish) || !this.#families.isReserved(wish));
    const name = this.#take(table, wishes, fits);
    if (isOfOneTable) this.#families.reserve(name);
    table.links.push({ name, ...column });
    this.#families.note(name, type);
    if (this.#options.parentsOf.has(table)) this.#families.handDown(name, type);
    return name;
  }

  /** A key that children name needs a name that means nothing else further up. */
  #settleField(table: TableDraft, field: FieldDraft): FieldDraft {
    if (!this.#options.parentsOf.has(table)) return field;
    const isOfOneTable = this.#named.has(table);
    const before = field.name;
    const isFit = (most: number) => (name: string) =>
      !this.#families.clashes(name, field.type) && (!isOfOneTable || this.#families.uses(name) <= most);
    if (this.#own(table, before) === before && isFit(1)(before)) {
      if (isOfOneTable) this.#families.reserve(before);
      return field;
    }
    this.#names.get(table)?.free(before);
    field.name = this.#take(table, [`${table.name}_${before}`], isFit(0));
    if (isOfOneTable) this.#families.reserve(field.name);
    const renames = this.#renames.get(table) ?? new Map<string, string>();
    this.#renames.set(table, renames.set(before, field.name));
    this.#families.note(field.name, field.type);
    return field;
  }

  #own(table: TableDraft, name: string): string {
    const isOwn = !this.#named.has(table) || folded(name).startsWith(folded(table.name));
    return isOwn ? name : `${table.name}_${name}`;
  }

  /** Takes the first wish that fits, else the first one with a number. */
  #take(table: TableDraft, wishes: readonly string[], fits: (name: string) => boolean): string {
    const names = this.#names.get(table) ?? columnNames();
    const wish = wishes.map(storable).find((one) => fits(one) && !names.has(one));
    if (wish !== undefined) return names.take(wish);
    for (let number = 2; ; number += 1) {
      const name = names.take(numbered(wishes[0] ?? 'value', number));
      if (fits(name)) return name;
      names.free(name);
    }
  }

  #handDown(table: TableDraft): void {
    for (const name of table.key) this.#families.handDown(name, columnOf(table, name).type);
  }
}

interface KeyColumn {
  readonly type: string;
  readonly path: string | null;
  readonly isOfParent: boolean;
}

function columnOf(table: TableDraft, name: string): KeyColumn {
  const link = table.links.find((one) => one.name === name);
  if (link !== undefined) return link;
  const field = table.fields.find((one) => one.name === name);
  return { type: field?.type ?? 'text', path: null, isOfParent: false };
}
