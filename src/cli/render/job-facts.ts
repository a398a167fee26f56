import { connectionText } from '#contract/connection-text';
import type { LoadReport } from '#contract/load';
import type { JobRecord } from '#host/job-host';

/** Rows that a load put into its targets or changed there. */
function writtenRows(report: LoadReport): number {
  return Object.values(report.tables).reduce((sum, table) => sum + table.inserted + table.updated, 0);
}

/** A job as `jobs --json` lists it. */
export function jobLine(job: JobRecord): Readonly<Record<string, unknown>> {
  const { number, kind, state, spec, createdAt, startedAt, endedAt } = job;
  const { dryRun, retryOf, paths, rows, rejects } = loadFacts(job);
  return {
    job: String(number),
    kind,
    state,
    dryRun,
    ...(retryOf !== null && { retryOfLoad: retryOf }),
    mapping: spec.mapping.name,
    target: connectionText(spec.connection),
    paths,
    createdAt,
    startedAt,
    endedAt,
    rows,
    rejects,
    ...waitingFacts(job),
  };
}

/** Of a load whose staged rows wait to be merged: since when, what they take on the server, and their conflicts. */
function waitingFacts(job: JobRecord) {
  if (job.kind !== 'load' || job.review === null) return {};
  const { checkedAt, stagedBytes, tables } = job.review;
  const conflicts = Object.values(tables).reduce((sum, { changed }) => sum + changed, 0);
  return { waiting: { since: checkedAt, bytes: stagedBytes, conflicts } };
}

interface LoadFacts {
  readonly dryRun: boolean;
  /** The load whose rejects were retried. */
  readonly retryOf: string | null;
  readonly paths: readonly string[];
  readonly rows: number | null;
  readonly rejects: number | null;
}

/** What only a load has; nothing for jobs of other kinds. */
export function loadFacts(job: JobRecord): LoadFacts {
  if (job.kind !== 'load') return { dryRun: false, retryOf: null, paths: [], rows: null, rejects: null };
  const { spec, report } = job;
  const counts = {
    rows: report === null ? null : writtenRows(report),
    rejects: report === null ? null : report.rejects.total,
  };
  return { dryRun: spec.dryRun, retryOf: spec.retry?.loadId ?? null, paths: spec.paths, ...counts };
}

/** A job as `jobs show --json` prints it: its line, and all that the ledger keeps of it. */
export function jobDocument(job: JobRecord): Readonly<Record<string, unknown>> {
  const { loadId, spec, report, error } = job;
  return { ...jobLine(job), loadId, spec, report, error };
}
