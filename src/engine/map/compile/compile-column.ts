import type { MappedColumn, MappedTable, Mapping } from '#contract/mapping';
import type { RejectCode } from '#contract/rejects';
import { compileConverter } from '../convert/compile-converter.ts';
import type { ColumnConverter } from '../convert/converter.ts';
import type { ColumnPath } from '../path/ast.ts';
import { parseColumnPath } from '../path/parse-path.ts';
import { printColumnPath } from '../path/print-path.ts';
import type { CompiledColumn, ParentColumn, Source } from './compiled.ts';
import type { Problems } from './problems.ts';
import type { TableBuilder } from './table-builder.ts';

/** A column with its paths read, before tables know one another. */
export interface ParsedColumn {
  readonly index: number;
  readonly place: string;
  readonly mapped: MappedColumn;
  readonly paths: readonly ColumnPath[];
  readonly convert: ColumnConverter | null;
}

export function parseColumn(mapping: Mapping, t: number, c: number, mapped: MappedColumn, problems: Problems) {
  const place = `tables[${t}].columns[${c}]`;
  checkOrigin(mapped, place, problems);
  const written = mapped.path === undefined ? [] : [mapped.path].flat();
  const paths = written.flatMap((text, at) => {
    const where = Array.isArray(mapped.path) ? `${place}.path[${at}]` : `${place}.path`;
    const path = problems.attempt(() => parseColumnPath(text, where));
    if (path !== null) checkPrefixes(path, where, mapping, problems);
    return path === null ? [] : [path];
  });
  checkUpward(paths, `${place}.path`, problems);
  return { index: c, place, mapped, paths, convert: problems.attempt(() => compileConverter(mapped, mapping)) };
}

/** @param parents Per column name (as `$parent` writes it) the tables and columns it may mean. */
export function compileColumn(
  parsed: ParsedColumn,
  table: MappedTable,
  builder: TableBuilder,
  parents: (column: string) => readonly ParentColumn[],
  problems: Problems,
): CompiledColumn {
  const { mapped, place } = parsed;
  const convert = parsed.convert ?? { one: () => null, many: () => null };
  const shared = parsed.paths.length === 1;
  const sources = parsed.paths.map((path) => compileSource(path, mapped, builder, parents, shared));
  const upward = sources.findIndex(({ kind }) => kind === 'ancestor' || kind === 'parent');
  const source = sources[upward];
  const isKey = builder.isKey(mapped.name);
  const constant = mapped.const === undefined ? null : constantOf(mapped.const, convert, place, problems);
  return {
    index: parsed.index,
    mapped,
    convert,
    narrow: null,
    onExtraValues: mapped.onExtraValues ?? builder.defaults.onExtraValues,
    sources,
    plain: sources[0]?.kind === 'collected' && shared && mapped.many === undefined ? sources[0].source : -1,
    upward,
    slot: source !== undefined && 'slot' in source ? source.slot : null,
    constant,
    missing: missingCode(mapped, isKey && table.keep),
    field: sources.length === 0 ? null : sources.map(({ field }) => field).join(' | '),
  };
}

function compileSource(
  path: ColumnPath,
  mapped: MappedColumn,
  builder: TableBuilder,
  parents: (column: string) => readonly ParentColumn[],
  shared: boolean,
): Source {
  const field = printColumnPath(path);
  if (path.kind === 'fact') return { kind: 'fact', fact: path.fact, field };
  if (path.kind === 'parent') {
    const columns = parents(path.column);
    const tables = [...new Set(columns.map(({ table }) => table))];
    return { kind: 'parent', slot: builder.slot({ kind: 'parent', tables }, shared), columns, field };
  }
  const keep = mapped.many === 'join' || mapped.many === 'json' ? 'all' : mapped.many === 'last' ? 'last' : 'first';
  if (path.up > 0 && path.steps.length === 0 && path.terminal.kind === 'attribute') {
    return { kind: 'ancestor-attribute', up: path.up, name: builder.keepAttributes(path), field };
  }
  const source = builder.collect(path, keep);
  if (path.up === 0) return { kind: 'collected', source, field };
  return { kind: 'ancestor', slot: builder.slot({ kind: 'ancestor', levels: path.up }, shared), source, field };
}

function constantOf(text: string, convert: ColumnConverter, place: string, problems: Problems): string | null {
  const value = convert.one(text);
  if (value === null || typeof value === 'string') return value;
  problems.add(`${place}.const`, value.message, 'Write a text that the column’s type can hold.');
  return null;
}

function missingCode(mapped: MappedColumn, isKey: boolean): RejectCode | null {
  if (mapped.lookup !== undefined || mapped.default !== undefined) return null;
  if (isKey) return 'MISSING_KEY';
  return mapped.nullable ? null : 'MISSING_VALUE';
}

function checkOrigin(mapped: MappedColumn, place: string, problems: Problems): void {
  const origins = (['path', 'const', 'lookup'] as const).filter((key) => mapped[key] !== undefined);
  if (origins.length > 1) {
    const why = `"${mapped.name}" has ${origins.map((key) => `"${key}"`).join(' and ')}`;
    problems.add(place, why, 'Keep one of them: a column has one origin.');
  }
  if (origins.length === 0 && mapped.default === undefined) {
    const why = `"${mapped.name}" says nowhere where its value comes from`;
    problems.add(place, why, 'Give it a "path", "const", "lookup" or "default".');
  }
}

/** A row can wait for one thing above it: two would have to be weighed against each other after it was staged. */
function checkUpward(paths: readonly ColumnPath[], place: string, problems: Problems): void {
  const late = paths.filter(
    (path) =>
      path.kind === 'parent' ||
      (path.kind === 'select' && path.up > 0 && (path.steps.length > 0 || path.terminal.kind !== 'attribute')),
  );
  if (late.length > 1) {
    const why = `${late.map(printColumnPath).join(' and ')} both look upward`;
    problems.add(place, why, 'Keep one upward path in the list; ../@attribute may stand beside it.');
  }
}

function checkPrefixes(path: ColumnPath, place: string, mapping: Mapping, problems: Problems): void {
  if (path.kind !== 'select') return;
  const end = path.terminal.kind === 'attribute' ? [path.terminal.name] : [];
  checkStepPrefixes([...end, ...stepNames(path.steps)], place, mapping, problems);
}

export function stepNames(steps: Extract<ColumnPath, { kind: 'select' }>['steps']) {
  return steps.flatMap((step) => [
    step.test,
    ...step.predicates.flatMap((predicate) => ('name' in predicate ? [predicate.name] : [])),
  ]);
}

export function checkStepPrefixes(
  tests: ReturnType<typeof stepNames>,
  place: string,
  mapping: Mapping,
  problems: Problems,
): void {
  for (const test of tests) {
    const prefix = test.kind === 'name' ? test.prefix : null;
    if (prefix === null || prefix === '' || prefix === 'xml' || Object.hasOwn(mapping.source.namespaces, prefix))
      continue;
    const remedy = `Add "${prefix}" to source.namespaces, or leave the prefix out to match any namespace.`;
    problems.add(place, `the prefix "${prefix}" is bound to no namespace`, remedy);
  }
}
