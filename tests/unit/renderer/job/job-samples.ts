import type { JobDetail, JobSummary } from '#contract/api/job-views';
import type { JobProgress } from '#contract/jobs';
import type { LoadReport } from '#contract/load';

export const NO_COUNTS = { read: 0, inserted: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 0 };

export function sampleProgress(changes: Partial<JobProgress> = {}): JobProgress {
  return {
    phase: 'stage',
    files: { done: 0, total: 10, failed: 0 },
    bytes: { done: 0, total: 1_000 },
    rows: 0,
    rejected: 0,
    tables: {},
    rowsPerSecond: 0,
    bytesPerSecond: 0,
    workers: 2,
    leases: 3,
    ...changes,
  };
}

export function sampleReport(changes: Partial<LoadReport> = {}): LoadReport {
  return {
    job: '7',
    state: 'succeeded',
    files: { found: 3, loaded: 3, unchanged: 0, failed: 0, skipped: [], skippedCount: 0, failures: [] },
    tables: {},
    rejects: { total: 0, byReason: {}, sample: [] },
    conflicts: { insideLoad: 0, sample: [] },
    warnings: [],
    bytes: 1_000,
    seconds: 2,
    ...changes,
  };
}

export function sampleDetail(job: Partial<JobSummary>, rest: Partial<JobDetail> = {}): JobDetail {
  return {
    job: {
      number: 7,
      kind: 'load',
      loadId: '00000000-0000-4000-8000-000000000007',
      state: 'running',
      dryRun: false,
      mapping: 'vn-land-records',
      connection: { kind: 'embedded' },
      paths: ['/data/dossiers'],
      createdAt: '2026-01-01T00:00:00.000Z',
      startedAt: '2026-01-01T00:00:01.000Z',
      endedAt: null,
      rows: null,
      rejects: null,
      failedFiles: null,
      errorCode: null,
      busyWith: null,
      runsHere: true,
      actions: ['cancel'],
      ...job,
    },
    report: null,
    error: null,
    events: [],
    command: 'loadstone load /data/dossiers',
    ...rest,
  };
}
