import type { MappedColumn, MappedTable, Mapping } from '#contract/mapping';
import type { MappingEdits } from './mapping-edits.ts';
import { type MappingNames, mappingNames } from './mapping-names.ts';
import { parentColumns } from './parent-paths.ts';

/** Why a column cannot be left out. */
export type ColumnUse = 'key' | 'reference' | 'lookup' | 'last';

/** What becomes of a table: its rows are loaded, are only read for others that look things up in them, or are not read. */
type TableFate = 'load' | 'lookup' | 'out';

export interface Selection {
  readonly fates: readonly TableFate[];
  isOut(table: number, column: number): boolean;
  /** Why it cannot be left out; null: it can. */
  use(table: number, column: number): ColumnUse | null;
}

type Place = readonly [table: number, column: number];

/**
 * What is loaded of a mapping, and what is not.
 * @param mapping with all other changes in it, its tables and columns by their old numbers
 */
export function selectionOf(mapping: Mapping, edits: MappingEdits): Selection {
  const names = namesOf(mapping);
  let out = leftOutColumns(mapping, edits);
  for (;;) {
    const fates = tableFates(mapping, edits, names, out);
    const uses = columnUses(mapping, fates, names, out);
    const still = new Set([...out].filter((place) => !uses.has(place)));
    if (still.size === out.size) {
      return {
        fates,
        isOut: (table, column) => out.has(`${table}.${column}`),
        use: (table, column) => uses.get(`${table}.${column}`) ?? null,
      };
    }
    // What others need comes back, and may need others in turn.
    out = still;
  }
}

/** The mapping with nothing in it of what is left out. */
export function withoutLeftOut(mapping: Mapping, { fates, isOut }: Selection): Mapping {
  const names = namesOf(mapping);
  const isAll = mapping.tables.every(
    ({ columns, keep }, at) =>
      fates[at] === (keep ? 'load' : 'lookup') && !columns.some((_, column) => isOut(at, column)),
  );
  if (isAll) return mapping;
  const isLoaded = (table: string) =>
    fates[names.find(table) ?? -1] !== undefined && fates[names.find(table) ?? -1] === 'load';
  const isKnown = (table: string) => names.find(table) !== null;
  const tables = mapping.tables.flatMap((table, at): MappedTable[] => {
    if (fates[at] === 'out') return [];
    const has = (written: string) => !isOut(at, names.findColumn(at, written) ?? -1);
    const references = table.references.filter(
      (one) => one.columns.every(has) && (isLoaded(one.table) || !isKnown(one.table)),
    );
    const shared = { ...table, columns: table.columns.filter((_, column) => !isOut(at, column)) };
    if (fates[at] === 'lookup') return [{ ...shared, keep: false, references: table.keep ? [] : table.references }];
    return [{ ...shared, references, onConflict: policyOf(table, has) }];
  });
  return { ...mapping, tables };
}

/** The tables that a table's absence changes, by what changes. */
export function followers(mapping: Mapping, selection: Selection, table: number) {
  const names = namesOf(mapping);
  const isAt = (written: string) => names.find(written) === table;
  const others = mapping.tables.flatMap((other, at) =>
    at === table || selection.fates[at] === 'out' ? [] : [{ other, at }],
  );
  return {
    references: others
      .filter(({ other, at }) => selection.fates[at] === 'load' && other.references.some((one) => isAt(one.table)))
      .map(({ other }) => other.name),
    lookups: others
      .filter(({ other, at }) =>
        other.columns.some(
          (column, number) => !selection.isOut(at, number) && tablesOf(column, at, names).includes(table),
        ),
      )
      .map(({ other }) => other.name),
  };
}

function namesOf(mapping: Mapping): MappingNames {
  return mappingNames(
    mapping,
    () => undefined,
    () => undefined,
  );
}

function leftOutColumns({ tables }: Mapping, edits: MappingEdits): ReadonlySet<string> {
  const places = tables.flatMap(({ columns }, table) =>
    columns.flatMap((_, column) => (edits[table]?.columns[column]?.load === false ? [`${table}.${column}`] : [])),
  );
  return new Set(places);
}

/** Loaded is what the user did not leave out; read is also what that needs, and what this needs. */
function tableFates(
  mapping: Mapping,
  edits: MappingEdits,
  names: MappingNames,
  out: ReadonlySet<string>,
): readonly TableFate[] {
  const fates = mapping.tables.map(({ keep }, at): TableFate => (keep && edits[at]?.load !== false ? 'load' : 'out'));
  const waiting = fates.flatMap((fate, at) => (fate === 'load' ? [at] : []));
  for (let table = waiting.pop(); table !== undefined; table = waiting.pop()) {
    const needed = remaining(mapping, table, out).flatMap((column) => tablesOf(column, table ?? -1, names));
    for (const other of needed) {
      if (fates[other] !== 'out') continue;
      fates[other] = 'lookup';
      waiting.push(other);
    }
  }
  return fates;
}

function columnUses(
  mapping: Mapping,
  fates: readonly TableFate[],
  names: MappingNames,
  out: ReadonlySet<string>,
): ReadonlyMap<string, ColumnUse> {
  const uses = new Map<string, ColumnUse>();
  const mark = (use: ColumnUse, places: readonly Place[]) => {
    for (const place of places) if (!uses.has(place.join('.'))) uses.set(place.join('.'), use);
  };
  mapping.tables.forEach((table, at) => {
    if (fates[at] === 'out') return;
    const left = remaining(mapping, at, out);
    if (fates[at] === 'load') {
      mark('key', placesOf(at, table.key, names));
      const kept = table.references.filter(({ table: other }) => fates[names.find(other) ?? -1] === 'load');
      for (const { table: other, on } of kept) mark('reference', placesOf(names.find(other), on, names));
    }
    for (const column of left) mark('lookup', columnsNeededBy(column, at, names));
    if (left.length <= 1)
      mark('last', [
        [
          at,
          Math.max(
            0,
            table.columns.findIndex((column) => left.includes(column)),
          ),
        ],
      ]);
  });
  return uses;
}

function remaining({ tables }: Mapping, table: number, out: ReadonlySet<string>): readonly MappedColumn[] {
  return tables[table]?.columns.filter((_, column) => !out.has(`${table}.${column}`)) ?? [];
}

/** The tables that a column's values are looked up in. */
function tablesOf(column: MappedColumn, table: number, names: MappingNames): readonly number[] {
  return columnsNeededBy(column, table, names)
    .map(([other]) => other)
    .filter((other) => other !== table);
}

function columnsNeededBy(
  { path = [], lookup = [] }: MappedColumn,
  table: number,
  names: MappingNames,
): readonly Place[] {
  const looked = lookup.flatMap(({ table: other, where, take }) => [
    ...placesOf(names.find(other), [...Object.keys(where), take], names),
    ...placesOf(table, Object.values(where), names),
  ]);
  const parents = [path].flat().flatMap((one) => parentColumns(one, table, names));
  return [...looked, ...parents.flatMap((one) => placesOf(one.table, [one.name], names))];
}

function placesOf(table: number | null, written: readonly string[], names: MappingNames): readonly Place[] {
  if (table === null) return [];
  return written.flatMap((name): Place[] => {
    const column = names.findColumn(table, name);
    return column === null ? [] : [[table, column]];
  });
}

function policyOf({ onConflict }: MappedTable, has: (written: string) => boolean): MappedTable['onConflict'] {
  if (typeof onConflict === 'string') return onConflict;
  return {
    ...onConflict,
    columns: Object.fromEntries(Object.entries(onConflict.columns).filter(([name]) => has(name))),
  };
}
