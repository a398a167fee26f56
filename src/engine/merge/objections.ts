import { sqlStateOf } from '#engine/postgres/transient';

/** One row the server refuses, by its number in the numbered relation. */
export interface Objection {
  readonly number: number;
  readonly text: string;
  readonly isForeignKey: boolean;
}

/**
 * Whether the server objects to the content of some row: integrity (23), data (22), a check option (44), a value too
 * long for an index (54), or what a trigger raises, under whatever SQLSTATE of its own. What is about the statement, the
 * session or the server is none: splitting rows cannot help there.
 */
export function isObjection(thrown: unknown): boolean {
  const sqlState = sqlStateOf(thrown);
  return sqlState !== undefined && !NOT_ABOUT_ROWS.test(sqlState);
}

/** Classes of SQLSTATE: connection, feature, transaction, authorisation, syntax and rights, resources, operator, system, … */
const NOT_ABOUT_ROWS = /^(0[0-9A-Z]|2[56D]|28|2B|3[4BDF]|40|42|53|55|57|58|72|F0|HV|XX)/;

/** What the server said, in one line, with its detail. */
export function objectionText(thrown: unknown): string {
  const error = thrown as { readonly message?: string; readonly detail?: string; readonly code?: string };
  return `${error.message ?? String(thrown)}${error.detail ? ` (${error.detail})` : ''} [SQLSTATE ${error.code ?? '?'}]`;
}

export function isForeignKeyObjection(thrown: unknown): boolean {
  return sqlStateOf(thrown) === '23503';
}

/** A row trigger that answers null, or a rule, drops its row without a word: for us that row is rejected, not loaded. */
export const DROPPED_BY_TRIGGER = 'A trigger or a rule of the table dropped the row without an error.';
