import type { PreviewReport } from '#contract/api/previews';
import { REJECT_CODES, type RejectCode } from '#contract/rejects';

interface TrialResult {
  /** Rows that would be loaded, or are there already. */
  readonly pass: number;
  readonly rejected: number;
  readonly reasons: readonly { readonly code: RejectCode; readonly count: number }[];
}

/** What a trial found, in rows. */
export function trialResult({ tables, rejects }: Pick<PreviewReport, 'tables' | 'rejects'>): TrialResult {
  const pass = Object.values(tables).reduce((sum, { counts }) => sum + counts.read - counts.rejected, 0);
  const reasons = REJECT_CODES.flatMap((code) => {
    const count = rejects.byReason[code] ?? 0;
    return count === 0 ? [] : [{ code, count }];
  });
  return { pass, rejected: rejects.total, reasons: reasons.toSorted((one, other) => other.count - one.count) };
}
