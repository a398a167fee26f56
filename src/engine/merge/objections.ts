import { sqlStateOf } from '#engine/postgres/transient';

/**
 * Whether the server objects to the content of some row: integrity (23), data (22), a trigger's RAISE (P0001), a view's
 * check option (44). Anything else is about the statement, the session or the server, and splitting rows cannot help.
 */
export function isObjection(thrown: unknown): boolean {
  return /^(22|23|44)|^P0001$/.test(sqlStateOf(thrown) ?? '');
}

/** What the server said, in one line, with its detail. */
export function objectionText(thrown: unknown): string {
  const error = thrown as { readonly message?: string; readonly detail?: string; readonly code?: string };
  return `${error.message ?? String(thrown)}${error.detail ? ` (${error.detail})` : ''} [SQLSTATE ${error.code ?? '?'}]`;
}

export function isForeignKeyObjection(thrown: unknown): boolean {
  return sqlStateOf(thrown) === '23503';
}

/** A row trigger that answers null drops its row without a word: for us that row is rejected, not loaded. */
export const DROPPED_BY_TRIGGER = 'A trigger of the table dropped the row without an error.';
