import type { LoadColumn, LoadTable } from '#engine/model/load-table';
import { valueFamily } from '#engine/model/value-family';
import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';

/** SQL fragments over a table's columns, joined by the caller. Aliases: `s` staged row, `t` target row. */

export function targetOf(table: LoadTable): string {
  return quoteQualified(table.schema, table.table);
}

export function keyColumns(table: LoadTable): LoadColumn[] {
  return table.key.map((index) => table.columns[index] as LoadColumn);
}

export function valueColumns(table: LoadTable): LoadColumn[] {
  return table.columns.filter((column) => !table.key.includes(column.index));
}

/**
 * Columns handled in one statement over rows of one key. A step of it holds each of them up to four times (said, said
 * before, state, state before), and PostgreSQL's steps hold 1,664 columns.
 */
const SLICE = 300;

/** The value columns, so many at a time as statements over rows of one key can hold; at least one slice. */
export function columnSlices(table: LoadTable): readonly (readonly LoadColumn[])[] {
  const values = valueColumns(table);
  const count = Math.max(1, Math.ceil(values.length / SLICE));
  return Array.from({ length: count }, (_, i) => values.slice(i * SLICE, (i + 1) * SLICE));
}

export function keysEqual(table: LoadTable, staged = 's', target = 't'): string {
  return keyColumns(table)
    .map((column) => `${target}.${quoteIdentifier(column.name)} = ${staged}.c${column.index}`)
    .join(' and ');
}

/** What the target row holds, in the type rows are staged in. */
export function targetValue(column: LoadColumn): string {
  const value = `t.${quoteIdentifier(column.name)}`;
  return column.castTo === null ? value : `${value}::text`;
}

/** The staged value as the target's column takes it. */
export function castStaged(staged: string, { castTo, mappedType }: LoadColumn): string {
  if (castTo === null) return staged;
  // What "1.234" is as text of type money depends on the server's locale.
  const isNumber = valueFamily(mappedType) === 'numeric' || valueFamily(mappedType) === 'double precision';
  return castTo === 'money' && isNumber ? `${staged}::numeric::money` : `${staged}::${castTo}`;
}

/**
 * What goes into the target: the staged value, else the default. In the columns of a reference the default stands in the
 * staged rows already (it decides whether the reference holds), and a null means that the referenced row is missing.
 */
export function insertedValue(staged: string, column: LoadColumn, table: LoadTable): string {
  const value = castStaged(staged, column);
  const isSettled = table.references.some((reference) => reference.columns.includes(column.index));
  return column.default === null || isSettled ? value : `coalesce(${value}, (${column.default}))`;
}

/**
 * json has no equality in PostgreSQL: it is compared as the text it is. Text is compared byte by byte: a collation of the
 * target may hold `a` and `A` to be equal. Everything else is compared as its type does.
 */
export function comparable(expression: string, column: LoadColumn): string {
  if (/^json(\[\])?$/.test(column.type)) return `(${expression})::text`;
  return /^(text|varchar|char)/.test(column.type) ? `(${expression}) collate "C"` : expression;
}

/** Whether the staged value says the same as `current`. An absent value of a column with a default says nothing. */
export function saysSame(staged: string, current: string, column: LoadColumn): string {
  const same = `${comparable(staged, column)} is not distinct from ${comparable(current, column)}`;
  return column.default === null ? same : `(${staged} is null or ${same})`;
}

/** How the columns of a staged row and of the target's row are written. */
export interface Versions {
  readonly staged: (column: LoadColumn) => string;
  readonly current: (column: LoadColumn) => string;
}

/** Whether a column that must not change would have to. */
export function failsBy(values: readonly LoadColumn[], { staged, current }: Versions): string {
  const guarded = values.filter(({ policy }) => policy === 'fail');
  return any(guarded.map((column) => `not (${saysSame(staged(column), current(column), column)})`));
}

export function all(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'true' : `(${conditions.join(' and ')})`;
}

export function any(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : `(${conditions.join(' or ')})`;
}

/** The value a target row has after meeting one staged row, by the column's policy. */
export function mergedValue(table: LoadTable, column: LoadColumn, versions: Versions): string {
  const staged = versions.staged(column);
  const current = versions.current(column);
  const overwritten = column.default === null ? staged : `coalesce(${staged}, ${current})`;
  const { policy } = column;
  if (typeof policy === 'object') {
    return `case when ${isNewer(table, policy.newer, versions)} then ${overwritten} else ${current} end`;
  }
  switch (policy) {
    case 'skip':
    case 'fail':
      return current;
    case 'overwrite':
      return overwritten;
    case 'merge':
      return `coalesce(${current}, ${staged})`;
    default:
      return policy satisfies never;
  }
}

/** Whether the staged row is newer by a column: its value is the greater one, or the target has none. Never null. */
export function isNewer(table: LoadTable, by: number, { staged, current }: Versions): string {
  const column = table.columns[by] as LoadColumn;
  const greater = `${comparable(staged(column), column)} > ${comparable(current(column), column)}`;
  return `coalesce(${greater}, ${current(column)} is null and ${staged(column)} is not null)`;
}
