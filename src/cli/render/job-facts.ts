import type { ConnectionRef } from '#contract/connection';
import type { LoadReport } from '#contract/load';
import type { JobRecord } from '#host/job-host';

/** `embedded`, or `user@host:port/database`. */
export function serverText(connection: ConnectionRef): string {
  if (connection.kind === 'embedded') return 'embedded';
  return `${connection.user}@${connection.host}:${connection.port}/${connection.database}`;
}

/** Rows that a load put into its targets or changed there. */
export function writtenRows(report: LoadReport): number {
  return Object.values(report.tables).reduce((sum, table) => sum + table.inserted + table.updated, 0);
}

/** A job as `jobs --json` lists it. */
export function jobLine(job: JobRecord): Readonly<Record<string, unknown>> {
  const { number, state, spec, report, createdAt, startedAt, endedAt } = job;
  return {
    job: String(number),
    state,
    dryRun: spec.dryRun,
    mapping: spec.mapping.name,
    target: serverText(spec.connection),
    paths: spec.paths,
    createdAt,
    startedAt,
    endedAt,
    rows: report === null ? null : writtenRows(report),
    rejects: report === null ? null : report.rejects.total,
  };
}

/** A job as `jobs show --json` prints it: its line, and all that the ledger keeps of it. */
export function jobDocument(job: JobRecord): Readonly<Record<string, unknown>> {
  const { loadId, spec, report, error } = job;
  return { ...jobLine(job), loadId, spec, report, error };
}
