import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LoadReport } from '#contract/load';
import type { ReviewSummary } from '#contract/review';
import { JobList } from '#host/jobs/job-list';
import { approvalOf, resumeFacts } from '#host/jobs/job-review';
import { JobStore } from '#host/jobs/job-store';
import { type Ledger, openLedger } from '#host/ledger/ledger';
import { undoKept } from '#host/undo-kept';
import { SILENT_LOG, testSpec } from '#tests/helpers/host-folder';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const [FIRST, SECOND] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;

let folder: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;
let store: JobStore;
let jobs: JobList;

beforeEach(() => {
  folder = temporaryFolder();
  ledger = openLedger(folder.path, SILENT_LOG);
  store = new JobStore(ledger);
  jobs = new JobList(ledger, () => false);
});

afterEach(() => {
  ledger.close();
  folder.remove();
});

function summary(id: string): ReviewSummary {
  const counts = { new: 1, identical: 0, duplicates: 0, contradicting: 0, rejected: 0 };
  const t = { ...counts, changed: 7, missingReferences: 0, nulledReferences: 0, columns: { a: 7 } };
  return { id, checkedAt: '2026-11-22T00:00:00.000Z', stagedBytes: 4_096, tables: { t } };
}

function report(state: LoadReport['state'], review?: ReviewSummary): LoadReport {
  const files = { found: 1, loaded: 0, unchanged: 0, failed: 0, skipped: [], skippedCount: 0, failures: [] };
  const rejects = { total: 0, byReason: {}, sample: [] };
  const conflicts = { insideLoad: 0, sample: [] };
  const rest = { files, tables: {}, rejects, conflicts, warnings: [], bytes: 1, seconds: 1 };
  return { job: '1', state, ...rest, ...(review && { review }) };
}

/** A load that waits. */
function waiting(): number {
  const { number } = store.create({ kind: 'load', spec: testSpec(folder.path, { review: true }) });
  store.change(number, 'running');
  store.change(number, 'waiting_for_review', { report: report('waiting_for_review', summary(FIRST)) });
  return number;
}

const approve = (number: number, review?: string) =>
  store.change(number, 'queued', (job) => ({ approval: approvalOf(job, review === undefined ? {} : { review }) }));

test('a load that waits shows since when, with how much, and what can be done', () => {
  const number = waiting();
  expect(jobs.get(number)).toMatchObject({
    state: 'waiting_for_review',
    waiting: { since: '2026-11-22T00:00:00.000Z', bytes: 4_096, conflicts: 7 },
    actions: ['resume', 'review', 'merge', 'discard'],
  });
});

test('an approval counts for the review it was given for, and stays with the job until that is merged', () => {
  const number = waiting();
  expect(() => approve(number, SECOND)).toThrow(expect.objectContaining({ code: 'RESOLUTIONS_STALE' }));
  expect(approve(number, FIRST)).toMatchObject({ approval: { reviewId: FIRST, acceptMoved: false } });
  store.change(number, 'running');
  store.change(number, 'failed', {
    error: { code: 'CONFLICTS_FOUND', message: 'x', remedy: 'y', retryable: false },
  });
  expect(jobs.get(number).actions).toContain('merge');
  expect(store.change(number, 'queued')).toMatchObject({ approval: { reviewId: FIRST } });
  store.change(number, 'running');
  store.change(number, 'waiting_for_review', { report: report('waiting_for_review', summary(SECOND)) });
  expect(store.get(number)).toMatchObject({ approval: null, review: { id: SECOND } });
  expect(approve(number)).toMatchObject({ approval: { reviewId: SECOND } });
  store.change(number, 'running');
  expect(store.change(number, 'succeeded', { report: report('succeeded') })).toMatchObject({
    approval: null,
    review: null,
  });
});

test('a resume merges as it was decided since, and accepts nothing for a target that moved meanwhile', () => {
  const number = waiting();
  for (const end of ['failed', 'cancelled', 'interrupted'] as const) {
    store.change(number, 'queued', (job) => ({ approval: approvalOf(job, { revision: 1, acceptMoved: true }) }));
    store.change(number, 'running');
    store.change(number, end);
    const resumed = store.change(number, 'queued', resumeFacts);
    expect(resumed).toMatchObject({ approval: { reviewId: FIRST, acceptMoved: false } });
    expect(resumed).not.toHaveProperty('approval.revision');
    store.change(number, 'running');
    store.change(number, 'cancelled');
  }
});

test('a load whose staged rows are gone can only be resumed', () => {
  const number = waiting();
  approve(number);
  store.change(number, 'running');
  const error = { code: 'REVIEW_GONE', message: 'x', remedy: 'y', retryable: false } as const;
  store.change(number, 'failed', { error });
  expect(jobs.get(number)).toMatchObject({ actions: ['resume', 'discard'] });
  expect(jobs.get(number).waiting).toBeUndefined();
  expect(() => approve(number)).toThrow(expect.objectContaining({ code: 'JOB_STATE' }));
  const other = waiting();
  store.forgetReview(other, SECOND);
  expect(jobs.get(other).actions).toContain('merge');
  store.forgetReview(other, FIRST);
  expect(jobs.get(other).actions).toEqual(['resume', 'discard']);
});

test('a load whose undo data was dropped offers no undo any more', () => {
  const spec = testSpec(folder.path);
  const { number } = store.create({ kind: 'load', spec });
  store.change(number, 'running');
  store.change(number, 'succeeded', { report: { ...report('succeeded'), undo: 'x', undoBytes: 9, undoDays: 30 } });
  const kept = () => undoKept(store.get(number), store.events(number), null);
  const endedAt = Date.parse(store.get(number).endedAt ?? '');
  expect([jobs.get(number).actions, kept()]).toEqual([
    ['undo'],
    { bytes: 9, keptUntil: new Date(endedAt + 30 * 86_400_000).toISOString() },
  ]);
  const pruned = { loads: 2, bytes: 9, kept: 0, loadIds: [spec.loadId, FIRST] };
  store.undoDropped({ connection: spec.connection, olderThanDays: 30, pruned });
  expect([jobs.get(number).actions, kept()]).toEqual([[], undefined]);
});

test('a host that is killed between an approval and its merge leaves a job that goes on with it', () => {
  const number = waiting();
  approve(number);
  ledger.database.prepare("UPDATE jobs SET host_started = 'another-boot/1'").run();
  expect(store.recover()).toEqual([number]);
  expect(store.get(number)).toMatchObject({ state: 'interrupted', approval: { reviewId: FIRST } });
});
