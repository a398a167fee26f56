import type { MappedTable, Mapping } from '#contract/mapping';
import type { NameTable } from '#engine/model/name-table';
import { checkFills } from './compile/check-fills.ts';
import { checkLookups } from './compile/check-lookups.ts';
import { checkNames, indexNames, type NameIndex } from './compile/check-names.ts';
import {
  checkStepPrefixes,
  compileColumn,
  type ParsedColumn,
  parseColumn,
  stepNames,
} from './compile/compile-column.ts';
import type { CompiledMapping, CompiledSlot, CompiledTable, ParentColumn } from './compile/compiled.ts';
import { headerNames } from './compile/header-names.ts';
import { LineBuilder } from './compile/line-builder.ts';
import { Problems } from './compile/problems.ts';
import { type KindDraft, TableBuilder } from './compile/table-builder.ts';
import { checkCsvFiles, compileTableFiles } from './compile/table-files.ts';
import { tablePlans } from './compile/table-plans.ts';
import { parseRecordsPattern } from './path/parse-path.ts';

/** What compiling one table needs of the whole. */
interface Workshop {
  readonly mapping: Mapping;
  readonly index: NameIndex;
  readonly problems: Problems;
  readonly names: NameTable;
  readonly lines: LineBuilder;
  readonly kinds: KindDraft[];
  readonly parsed: readonly (readonly ParsedColumn[])[];
}

/**
 * Judges everything of a mapping that its schema cannot, and makes it ready to run.
 * @param names The worker's name table: the names in paths become ids of it.
 * @throws LoadstoneError MAPPING_INVALID that lists every problem with its key, place and remedy.
 */
export function compileMapping(mapping: Mapping, names: NameTable): CompiledMapping {
  const problems = new Problems();
  const index = indexNames(mapping);
  checkNames(mapping, index, problems);
  checkLookups(mapping, problems);
  checkCsvFiles(mapping, problems);
  const parsed = mapping.tables.map(({ columns }, t) =>
    columns.map((column, c) => parseColumn(mapping, t, c, column, problems)),
  );
  const lines = new LineBuilder(names, mapping.source.namespaces);
  const shop: Workshop = { mapping, index, problems, names, lines, kinds: [], parsed };
  const parents = parentTables(shop);
  const tables = mapping.tables.map((table, t) => compileTable(shop, table, t, parents));
  const plans = tablePlans(tables);
  checkFills(mapping, plans, problems);
  problems.throwIfAny();
  return {
    mapping,
    names,
    tables,
    contexts: shop.kinds,
    guards: lines.guards,
    plans,
    trim: mapping.defaults.trim,
  };
}

function compileTable(shop: Workshop, table: MappedTable, t: number, parents: ReadonlySet<number>): CompiledTable {
  const { mapping, lines, problems } = shop;
  const builder = new TableBuilder(mapping, t, lines, shop.kinds);
  const parsed = shop.parsed[t] ?? [];
  const columns = parsed.map((column) => {
    const find = (name: string) => parentColumns(shop, name, t, column.index);
    return compileColumn(column, table, builder, find, problems);
  });
  const pattern = recordsPattern(mapping, table, t, problems);
  const facts = columns.flatMap(({ sources }) => sources.flatMap((source) => ('fact' in source ? [source.fact] : [])));
  return {
    index: t,
    columns,
    pattern: lines.pattern(pattern, t),
    slots: builder.slots.map((slot, at): CompiledSlot => {
      const dependent = columns.filter((column) => column.slot === at).map((column) => column.index);
      return { slot, context: slot.kind === 'ancestor' ? builder.kind(slot.levels).id : -1, columns: dependent };
    }),
    context: builder.kind(0),
    isParent: parents.has(t),
    wantsIndex: facts.includes('index'),
    wantsHash: facts.includes('hash'),
    feeds: compileTableFiles(mapping, t, problems),
    header: headerNames(mapping, pattern, parsed, shop.names),
  };
}

function recordsPattern(mapping: Mapping, table: MappedTable, t: number, problems: Problems) {
  const place = `tables[${t}].records`;
  if (table.records === undefined) {
    if (mapping.source.format !== 'xml') return null;
    const why = `an XML source does not say which elements are the records of "${table.name}"`;
    problems.add(place, why, 'Name the element, e.g. "records": "Collection/Item".');
    return null;
  }
  const { records } = table;
  const pattern = problems.attempt(() => parseRecordsPattern(records, place));
  if (pattern !== null) checkStepPrefixes(stepNames(pattern.steps), place, mapping, problems);
  return pattern;
}

/** Which column `$parent.name` may mean, per table that has it. */
function parentColumns(shop: Workshop, name: string, t: number, c: number): readonly ParentColumn[] {
  const { mapping, index, problems, parsed } = shop;
  const own = parsed[t]?.[c]?.mapped.type;
  const found = mapping.tables.flatMap((table, at) => {
    const column = index.column(at, name);
    if (column === null) return [];
    return [{ table: at, column, sameType: table.columns[column]?.type === own }];
  });
  // Records of one table may hold each other: a column that looks elsewhere too can be handed down.
  const isAlone = shop.parsed[t]?.[c]?.paths.length === 1;
  if (found.every((at) => isAlone && at.table === t && at.column === c)) {
    const why = `no other table has a column "${name}"`;
    problems.add(`tables[${t}].columns[${c}].path`, why, 'Name a column that an enclosing record’s table has.');
  }
  return found;
}

function parentTables({ parsed, index }: Workshop): ReadonlySet<number> {
  const names = parsed.flatMap((columns) =>
    columns.flatMap(({ paths }) => paths.flatMap((path) => (path.kind === 'parent' ? [path.column] : []))),
  );
  const tables = parsed.map((_, table) => table);
  return new Set(tables.filter((table) => names.some((name) => index.column(table, name) !== null)));
}
