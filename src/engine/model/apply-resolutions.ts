import { LoadstoneError } from '#contract/errors';
import type { ConflictChoice, ConflictCondition, ResolutionPolicy, Resolutions } from '#contract/resolutions';
import type { ColumnPolicy, LoadChoice, LoadColumn, LoadCondition, LoadTable } from './load-table.ts';

/** Each condition is looked at for every conflict: what fits more rows singly is written as a key. */
const MOST_CONDITIONAL = 200;

/**
 * Joins what was decided about conflicts with the tables: policies of tables and columns, and the choices for rows.
 * @throws LoadstoneError RESOLUTIONS_INVALID naming what does not fit.
 */
export function applyResolutions(
  tables: readonly LoadTable[],
  resolutions: Resolutions | undefined,
): readonly LoadTable[] {
  if (resolutions === undefined) return tables;
  for (const name of Object.keys(resolutions.tables ?? {})) namedTable(tables, name, `tables "${name}"`);
  assertSomewhere(tables, resolutions.use);
  const choices = (resolutions.choices ?? []).map((choice, place) => ({ choice, place }));
  const conditional = choices.filter(({ choice }) => 'where' in choice.which).length;
  if (conditional > MOST_CONDITIONAL) {
    throw invalid(`choices: ${conditional} of them have conditions; at most ${MOST_CONDITIONAL} can`);
  }
  for (const { choice, place } of choices) namedTable(tables, choice.table, `choices[${place}]`);
  return tables.map((table) => ({
    ...applyPolicies(table, resolutions),
    choices: choices
      .filter(({ choice }) => choice.table === table.name)
      .map(({ choice, place }) => loadChoice(table, choice, place)),
  }));
}

function namedTable(tables: readonly LoadTable[], name: string, place: string): LoadTable {
  const table = tables.find((candidate) => candidate.name === name);
  if (table === undefined) throw invalid(`${place}: the mapping has no table "${name}"`);
  if (!table.keep) throw invalid(`${place}: table "${name}" is for lookups only and has no conflicts`);
  if (table.key.length === 0) throw invalid(`${place}: table "${name}" has no key, so it has no conflicts`);
  return table;
}

/** `newer` for all tables means those that have the column; when none has, the name is wrong. */
function assertSomewhere(tables: readonly LoadTable[], use: ResolutionPolicy | undefined): void {
  if (typeof use !== 'object' || tables.some((table) => isDecidedBy(table, use.newer))) return;
  throw invalid(`use: no table has a column "${use.newer}" that could tell which row is newer`);
}

function isDecidedBy(table: LoadTable, written: string): boolean {
  const column = table.columns.find((candidate) => candidate.written === written);
  return table.keep && table.key.length > 0 && column !== undefined && whyUnordered(table, column) === null;
}

function applyPolicies(table: LoadTable, { use, tables }: Resolutions): LoadTable {
  const own = tables?.[table.name];
  const place = `tables "${table.name}"`;
  const single = new Map(
    Object.entries(own?.columns ?? {}).map(([name, policy]) => [namedColumn(table, name, place).index, policy]),
  );
  const wide = tablePolicy(table, own?.use, use, place);
  return {
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      policy: single.get(column.index) ?? wide ?? column.policy,
    })),
  };
}

function tablePolicy(
  table: LoadTable,
  own: ResolutionPolicy | undefined,
  all: ResolutionPolicy | undefined,
  place: string,
): ColumnPolicy | null {
  if (own !== undefined) return columnPolicy(table, own, `${place}, use`);
  if (all === undefined) return null;
  return typeof all === 'object' && !isDecidedBy(table, all.newer) ? null : columnPolicy(table, all, 'use');
}

function columnPolicy(table: LoadTable, policy: ResolutionPolicy, place: string): ColumnPolicy {
  if (typeof policy !== 'object') return policy;
  const column = namedColumn(table, policy.newer, place);
  const why = whyUnordered(table, column);
  if (why !== null) throw invalid(`${place}: column "${column.written}" of "${table.name}" ${why}`);
  return { newer: column.index };
}

function loadChoice(table: LoadTable, { which, use }: ConflictChoice, place: number): LoadChoice {
  const at = `choices[${place}]`;
  return {
    place,
    which:
      'key' in which
        ? { key: keyTexts(table, which.key, at) }
        : { where: which.where.map((condition) => loadCondition(table, condition, at)) },
    use: columnPolicy(table, use, at),
  };
}

function keyTexts(table: LoadTable, key: Readonly<Record<string, string>>, place: string): string[] {
  const names = table.key.map((index) => table.columns[index]?.written as string);
  const given = Object.keys(key);
  if (given.length !== names.length || !names.every((name) => Object.hasOwn(key, name))) {
    throw invalid(
      `${place}: the key of "${table.name}" is (${names.join(', ')}), and the choice names (${given.join(', ')})`,
    );
  }
  return names.map((name) => storable(key[name] as string, place));
}

/**
 * A condition by the column's number.
 * @param place where it is said, for the message.
 * @throws LoadstoneError RESOLUTIONS_INVALID.
 */
export function loadCondition(table: LoadTable, condition: ConflictCondition, place: string): LoadCondition {
  const column = namedColumn(table, condition.column, place);
  if ('text' in condition) {
    const { is, side, text } = condition;
    return { column: column.index, is, side, text: storable(text, place) };
  }
  const why = condition.is === 'newer' || condition.is === 'older' ? orderless(column) : null;
  if (why !== null) throw invalid(`${place}: column "${column.written}" of "${table.name}" ${why}`);
  return { column: column.index, is: condition.is };
}

function namedColumn(table: LoadTable, written: string, place: string): LoadColumn {
  const column = table.columns.find((candidate) => candidate.written === written);
  if (column === undefined) throw invalid(`${place}: table "${table.name}" has no column "${written}" in the mapping`);
  return column;
}

function whyUnordered(table: LoadTable, column: LoadColumn): string | null {
  if (table.key.includes(column.index)) return 'is part of the key: both rows have the same value there';
  return orderless(column);
}

function orderless({ type, castTo }: LoadColumn): string | null {
  if (castTo !== null) return `has the type ${castTo} there, whose values Loadstone does not put in order`;
  return /^json(\[\])?$/.test(type) ? `has the type ${type}, which has no order` : null;
}

/** A text that PostgreSQL cannot hold fits no row, and the statement it stands in would fail. */
function storable(text: string, place: string): string {
  if (!text.includes('\0') && text.isWellFormed()) return text;
  throw invalid(`${place}: the text ${JSON.stringify(text)} holds a character that PostgreSQL cannot store`);
}

function invalid(fact: string): LoadstoneError {
  return new LoadstoneError({
    code: 'RESOLUTIONS_INVALID',
    message: `Resolutions, ${fact}. Nothing was loaded.`,
    remedy: 'Write tables and columns as the mapping does; docs/resolutions.md has the rules.',
  });
}
