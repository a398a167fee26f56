import type { LoadReport } from '#contract/load';
import { count, counted } from './numbers.ts';

interface RetriedRows {
  readonly fixed: number;
  readonly stillRejected: number;
}

/** @returns how many of the rejected rows are loaded now, and how many were rejected again. */
export function retriedRows({ tables }: Pick<LoadReport, 'tables'>): RetriedRows {
  const counts = Object.values(tables);
  const stillRejected = counts.reduce((sum, { rejected }) => sum + rejected, 0);
  return { fixed: counts.reduce((sum, { read }) => sum + read, 0) - stillRejected, stillRejected };
}

/** @returns the retry in one line. */
export function renderRetry(
  { fixed, stillRejected }: RetriedRows,
  { of, dryRun }: { readonly of: number; readonly dryRun: boolean },
): string {
  const loaded = dryRun ? 'would be loaded' : fixed === 1 ? 'is loaded' : 'are loaded';
  return `Of the rejects of job ${of}, ${counted(fixed, 'row')} ${loaded}, ${count(stillRejected)} still rejected.\n`;
}
