import type { MappedColumn, MappedTable, Mapping } from '#contract/mapping';
import { foldName } from '../mapping-names.ts';
import type { TreeElement } from '../tree/element-tree.ts';
import { documentSteps, type Kinds } from '../tree/element-use.ts';
import { stepName } from '../tree/path-steps.ts';

const MOST_NAME_BYTES = 63;
const ID = /(?:^|[_.-])(?:id|uuid|guid|code|key|ma|so)$|[a-z](?:Id|ID|Code|Key|Uuid)$|^ma(?=[A-Z])/;

interface NewTable {
  readonly element: TreeElement;
  /** The nearest table above, and whether everything between stands once, so that a position is unique there. */
  readonly parent: { readonly table: number; readonly isDirect: boolean } | null;
  readonly kinds: Kinds;
}

/** Makes the records of an element rows of a new table, behind all others: with its values and its parent's key. */
export function addTable(mapping: Mapping, { element, parent, kinds }: NewTable): Mapping {
  const names = new Names(mapping);
  for (const { name } of mapping.tables) names.take(name);
  const isAny = element.steps.at(-1) === '*';
  const name = names.take(stepName(element.steps.at(isAny ? -2 : -1) ?? 'record'));
  const columns = new Names(mapping);
  const above = parent === null ? undefined : mapping.tables[parent.table];
  const links = above === undefined ? [] : above.key.map((key) => linkColumn(above, key, columns));
  const values = valueColumns(element, columns);
  const place = placeColumns(values, links, parent?.isDirect === true ? { isAny } : null, columns);
  const records = recordsOf(mapping, element);
  const table: MappedTable = {
    name,
    include: [...(kinds.size > 1 ? (kinds.get(element.steps[0] ?? '') ?? ['*']) : ['*'])],
    ...(records !== undefined && { records }),
    columns: orKeyless([...links, ...place.columns, ...values], columns),
    key: place.key,
    references:
      above === undefined || links.length === 0
        ? []
        : [
            {
              columns: links.map((link) => link.name),
              table: above.name,
              on: [...above.key],
              onMissing: 'reject',
              onDelete: 'no action',
            },
          ],
    onConflict: 'skip',
    keep: true,
  };
  return { ...mapping, tables: [...mapping.tables, table.key.length > 0 ? required(table) : table] };
}

/** Gives a table a column more, behind all others. */
export function addColumn(mapping: Mapping, table: number, column: NewColumn): Mapping {
  const names = new Names(mapping);
  for (const { name } of mapping.tables[table]?.columns ?? []) names.take(name);
  const { name, path, type, many } = column;
  const added: MappedColumn = {
    name: names.take(name),
    type,
    path,
    nullable: true,
    round: false,
    ...(many !== undefined && { many }),
  };
  return withTable(mapping, table, (one) => ({ ...one, columns: [...one.columns, added] }));
}

export interface NewColumn {
  readonly name: string;
  readonly path: string;
  readonly type: string;
  readonly many?: 'json';
}

/**
 * The column that an element's values would be in a table of other records; null: they cannot stand there, because they
 * are not below the record, nor a single value of what it stands in.
 * @param record the steps to the table's records
 * @param between the elements from below the shared part down to this one
 */
export function columnFrom(
  record: readonly string[],
  element: TreeElement,
  between: readonly TreeElement[],
): NewColumn | null {
  if (element.children.some((child) => !isAttribute(child)) && element.facts.values === undefined) return null;
  const { steps } = element;
  let shared = 0;
  while (shared < record.length && shared < steps.length && record[shared] === steps[shared]) shared += 1;
  if (shared === 0) return null;
  const down = steps.slice(shared);
  const up = record.length - shared;
  const repeats = between.some((one) => one.repeats);
  if (up > 0 && (down.length !== 1 || repeats)) return null;
  const path = [...Array.from({ length: up }, () => '..'), ...down].join('/') || '.';
  const name = down.map(stepName).join('_') || stepName(steps.at(-1) ?? 'value');
  const type = repeats ? 'jsonb' : (element.facts.values?.type ?? 'text');
  return { name, path, type, ...(repeats && { many: 'json' }) };
}

export function withTable(mapping: Mapping, at: number, change: (table: MappedTable) => MappedTable): Mapping {
  return { ...mapping, tables: mapping.tables.map((table, number) => (number === at ? change(table) : table)) };
}

/** Every value that stands once in the record. */
function valueColumns(element: TreeElement, names: Names): readonly MappedColumn[] {
  const columns: MappedColumn[] = [];
  const add = (one: TreeElement, steps: readonly string[]) => {
    if (one.facts.values === undefined) return;
    const path = steps.join('/') || '.';
    const name = names.take(steps.map(stepName).join('_') || 'value');
    columns.push({ name, type: one.facts.values.type, path, nullable: true, round: false });
  };
  const visit = (one: TreeElement, steps: readonly string[]) => {
    add(one, steps);
    for (const child of one.children) {
      if (!child.repeats) visit(child, [...steps, child.steps.at(-1) ?? '']);
    }
  };
  visit(element, []);
  const ids = columns.filter((column) => isId(element, column));
  return columns.toSorted((a, b) => Number(ids.includes(b)) - Number(ids.includes(a)));
}

function isId(element: TreeElement, { name, path }: MappedColumn): boolean {
  const child = element.children.find(({ steps }) => steps.at(-1) === path);
  const values = child?.facts.values;
  const isUnique = values !== undefined && values.distinct === values.count && !values.atLeast;
  return isUnique && values.count === element.facts.count && values.empty === 0 && ID.test(name);
}

function linkColumn(above: MappedTable, key: string, names: Names): MappedColumn {
  const of = above.columns.find(({ name }) => name === key);
  const plain = above.name.split('.').at(-1) ?? above.name;
  const isFull = key.toLowerCase().startsWith(plain.toLowerCase()) || [of?.path].flat()[0]?.startsWith('$parent.');
  const path =
    of?.path === '$file'
      ? '$file'
      : `$parent.${/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(key) ? key : `[${JSON.stringify(key)}]`}`;
  return {
    name: names.take(isFull ? key : `${plain}_${key}`),
    type: of?.type ?? 'text',
    path,
    nullable: false,
    round: false,
  };
}

interface Place {
  readonly columns: readonly MappedColumn[];
  readonly key: string[];
}

/** What tells the rows apart: an id of their own, or their place. */
function placeColumns(
  values: readonly MappedColumn[],
  links: readonly MappedColumn[],
  direct: { readonly isAny: boolean } | null,
  names: Names,
): Place {
  const place = (name: string, path: string, type: string): MappedColumn => ({
    name: names.take(name),
    type,
    path,
    nullable: false,
    round: false,
  });
  if (links.length > 0 && direct !== null) {
    // Among elements of any name each is the first of its own.
    const index = direct.isAny ? place('key', '$element', 'text') : place('place', '$index', 'integer');
    return { columns: [index], key: [...links, index].map(({ name }) => name) };
  }
  const [first] = values;
  if (links.length === 0 && first !== undefined && ID.test(first.name)) return { columns: [], key: [first.name] };
  return { columns: [], key: [] };
}

function required(table: MappedTable): MappedTable {
  const columns = table.columns.map((column) =>
    table.key.includes(column.name) ? { ...column, nullable: false } : column,
  );
  return { ...table, columns };
}

/** A table needs a column, even where its elements only count. */
function orKeyless(columns: readonly MappedColumn[], names: Names): MappedColumn[] {
  if (columns.length > 0) return [...columns];
  const file: MappedColumn = { name: names.take('file'), type: 'text', path: '$file', nullable: true, round: false };
  const line: MappedColumn = { name: names.take('line'), type: 'integer', path: '$line', nullable: true, round: false };
  return [file, line];
}

function recordsOf({ source }: Mapping, { steps }: TreeElement): string | undefined {
  const whole = documentSteps(steps, source.format);
  return source.format !== 'xml' && steps.length === 1 ? undefined : `/${whole.join('/')}`;
}

function isAttribute({ name }: TreeElement): boolean {
  return name.startsWith('@');
}

/** Names that are free, as PostgreSQL tells them apart. */
export class Names {
  readonly #taken = new Set<string>();
  readonly #mapping: Pick<Mapping, 'quoteNames'>;

  constructor(mapping: Pick<Mapping, 'quoteNames'>) {
    this.#mapping = mapping;
  }

  take(wish: string): string {
    const clean =
      wish
        .normalize('NFC')
        .replace(/[^\p{L}\p{M}\p{N}_.]+/gu, '_')
        .replaceAll('.', '_') || 'value';
    for (let number = 1; ; number += 1) {
      const name = short(clean, number === 1 ? '' : `_${number}`);
      const folded = foldName(name, this.#mapping);
      if (this.#taken.has(folded)) continue;
      this.#taken.add(folded);
      return name;
    }
  }
}

function short(name: string, ending: string): string {
  let cut = name;
  while (new TextEncoder().encode(cut + ending).length > MOST_NAME_BYTES) cut = [...cut].slice(0, -1).join('');
  return cut + ending;
}
