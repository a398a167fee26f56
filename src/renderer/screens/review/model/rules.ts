import type { Review } from '#contract/api/reviews';
import type { ConflictPolicy } from '#contract/mapping';
import type { ResolutionPolicy, Resolutions } from '#contract/resolutions';

export type ReviewTable = Review['tables'][string];

/** The tables that were checked, as the mapping orders them. */
export function tableNames({ summary, tables }: Pick<Review, 'summary' | 'tables'>): readonly string[] {
  const known = Object.keys(tables).filter((name) => summary.tables[name] !== undefined);
  return [...new Set([...known, ...Object.keys(summary.tables)])];
}

/** Who says what becomes of a table's conflicts, and what. */
export interface Rule {
  readonly use: ResolutionPolicy;
  readonly from: 'table' | 'all' | 'mapping';
}

/** The rule of a table, without what is said of columns and rows. */
export function ruleOf({ use, tables = {} }: Resolutions, name: string, table: ReviewTable): Rule {
  const own = tables[name]?.use;
  if (own !== undefined) return { use: own, from: 'table' };
  return ruleAbove({ ...(use !== undefined && { use }) }, table);
}

/** What holds for a table for which nothing is said. */
export function ruleAbove({ use }: Pick<Resolutions, 'use'>, { columns, policy }: ReviewTable): Rule {
  const isFor = (said: ResolutionPolicy) => typeof said === 'string' || columns.some(({ name }) => name === said.newer);
  return use !== undefined && isFor(use) ? { use, from: 'all' } : { use: policy, from: 'mapping' };
}

/** What is said of columns: by somebody here, or by the mapping where nobody said anything of the table. */
export function columnRules(
  resolutions: Resolutions,
  name: string,
  table: ReviewTable,
): Readonly<Record<string, ConflictPolicy>> {
  const { from } = ruleOf(resolutions, name, table);
  const said = resolutions.tables?.[name]?.columns ?? {};
  return from === 'mapping' ? { ...table.columnPolicies, ...said } : said;
}

const ORDERED =
  /^(date|time|timestamp|interval|smallint|integer|bigint|int\d?|numeric|decimal|real|double|float|money|serial|bigserial)/i;

/** Columns by whose values it can be said which row is newer; those of times and numbers first. */
export function columnsToCompare(tables: readonly ReviewTable[]): readonly string[] {
  const columns = tables.flatMap((table) => table.columns.filter(({ isKey }) => !isKey));
  const ordered = columns.filter(({ type }) => ORDERED.test(type));
  const others = columns.filter(({ type }) => !ORDERED.test(type));
  return [...new Set([...ordered, ...others].map(({ name }) => name))];
}
