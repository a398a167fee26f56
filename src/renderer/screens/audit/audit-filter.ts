import type { AuditFilter } from '#contract/api/audit';
import { AUDIT_ACTIONS } from '#contract/audit-actions';

const LONGEST_TEXT = 200;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The filter that the address' values stand for, days by the reader's clock; what it does not know is left out. */
export function filterFromAddress(values: {
  readonly action: string;
  readonly words: string;
  readonly since: string;
  readonly until: string;
}): AuditFilter {
  const action = AUDIT_ACTIONS.find((known) => known === values.action);
  const text = values.words.trim().slice(0, LONGEST_TEXT);
  const from = startOfDay(values.since, 0);
  const to = startOfDay(values.until, 1);
  return {
    ...(action !== undefined && { action }),
    ...(text !== '' && { text }),
    ...(from !== null && { from }),
    ...(to !== null && { to }),
  };
}

/** When a day begins, so many days later. */
function startOfDay(day: string, later: number): string | null {
  if (!DAY.test(day)) return null;
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const start = new Date(year, month - 1, date + later);
  // The year 24 is not 1924.
  start.setFullYear(year, month - 1, date + later);
  return Number.isNaN(start.getTime()) ? null : start.toISOString();
}
