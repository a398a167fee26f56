import { groupByReferences } from '#engine/model/foreign-key-order';
import type { LoadTable } from '#engine/model/load-table';

/** One column of one table that SQL fills in. */
export interface Fill {
  readonly kind: 'late' | 'parent' | 'lookup' | 'default';
  readonly table: number;
  readonly column: number;
}

/** Fills that can run one after the other; `circular` ones read each other and run until nothing more comes. */
export interface ResolutionStep {
  readonly fills: readonly Fill[];
  readonly circular: boolean;
}

/**
 * The order in which columns are filled: a fill waits for the fills of the columns it reads. Records of one table may
 * hold each other, so a value may come down from the same column of the enclosing record: such fills are circular.
 *
 * @param late `table.column` of the columns that late values exist for.
 */
export function resolutionSteps(tables: readonly LoadTable[], late: ReadonlySet<string>): ResolutionStep[] {
  const fills = tables.flatMap((table) => fillsOf(table, tables, late));
  const byColumn = Map.groupBy(fills.keys(), (number) => columnOf(fills[number] as Fill));
  const waitsFor = fills.map((fill, number) => [
    ...readBy(tables, fill).flatMap((column) => byColumn.get(column) ?? []),
    // A column with two fills (a late value, then its default) takes them one after the other.
    ...(byColumn.get(columnOf(fill)) ?? []).filter((other) => other < number),
  ]);
  const groups = groupByReferences(waitsFor).map((group) => ({
    members: group,
    circular: group.some((number) => waitsFor[number]?.some((other) => group.includes(other))),
  }));
  return inLevels(groups, waitsFor).map(({ members, circular }) => ({
    fills: members.map((number) => fills[number] as Fill),
    circular,
  }));
}

function columnOf({ table, column }: Fill): string {
  return `${table}.${column}`;
}

interface Group {
  readonly members: readonly number[];
  readonly circular: boolean;
}

/** Puts groups together that need not wait for each other, so that a table is written once for all of them. */
function inLevels(groups: readonly Group[], waitsFor: readonly (readonly number[])[]): Group[] {
  const levels = new Map<number, number>();
  const leveled = groups.map((group) => {
    const others = group.members.flatMap((number) => waitsFor[number] ?? []);
    const level = 1 + Math.max(-1, ...others.map((number) => levels.get(number) ?? -1));
    for (const number of group.members) levels.set(number, level);
    return { ...group, level };
  });
  const together = Map.groupBy(leveled, ({ level }) => level);
  return [...together]
    .sort(([a], [b]) => a - b)
    .flatMap(([, members]) => {
      const plain = members.filter(({ circular }) => !circular).flatMap((group) => group.members);
      const circular = members.filter((group) => group.circular);
      return [...(plain.length > 0 ? [{ members: plain, circular: false }] : []), ...circular];
    });
}

function fillsOf(table: LoadTable, tables: readonly LoadTable[], late: ReadonlySet<string>): Fill[] {
  return table.columns.flatMap(({ index, source, default: otherwise }): Fill[] => {
    const fill = (kind: Fill['kind']): Fill => ({ kind, table: table.index, column: index });
    const fills: Fill[] = [];
    if (source.kind !== 'staged') fills.push(fill(source.kind));
    if (late.has(`${table.index}.${index}`)) fills.push(fill('late'));
    if (otherwise !== null && isReadByOthers(table, index, tables)) fills.push(fill('default'));
    return fills;
  });
}

/** A default is settled before the merge only where its value decides about rows: in keys, references, and for children. */
function isReadByOthers(table: LoadTable, column: number, tables: readonly LoadTable[]): boolean {
  if (table.key.includes(column)) return true;
  if (table.references.some((reference) => reference.columns.includes(column))) return true;
  const wanted = `${table.index}.${column}`;
  return tables.some((other) =>
    other.columns.some(({ index, source }) =>
      source.kind === 'staged'
        ? false
        : readBy(tables, { kind: source.kind, table: other.index, column: index }).includes(wanted),
    ),
  );
}

/** @returns `table.column` of every column that a fill reads. */
function readBy(tables: readonly LoadTable[], { kind, table, column }: Fill): string[] {
  const source = tables[table]?.columns[column]?.source;
  if (source === undefined || kind === 'late' || kind === 'default') return [];
  if (source.kind === 'parent') return source.columns.map((parent) => `${parent.table}.${parent.column}`);
  if (source.kind === 'staged') return [];
  return source.steps.flatMap((step) => [
    `${step.table}.${step.take}`,
    ...step.where.flatMap(({ column: theirs, equals }) => [
      `${step.table}.${theirs}`,
      ...(equals === '$value' ? [] : [`${table}.${equals}`]),
    ]),
  ]);
}
