import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { JobProgress } from '#contract/jobs';
import { OpenProgress } from '#contract/open-progress';
import { ProgressMeter } from '#host/progress-meter';

const prepared = {
  fence: 1,
  chunks: [],
  files: { found: 10, unchanged: 2, toStage: 7, staged: 1 },
  bytes: 700,
};

test('adds up what workers report and counts what was done before', () => {
  const meter = new ProgressMeter(10, () => 4);
  meter.watchWorkers(() => 3);
  meter.prepared(prepared);
  meter.add({ phase: 'stage', files: 2, bytes: 200, rows: 20, rejected: 1 });
  meter.add({ phase: 'stage', files: 1, failedFiles: 1, bytes: 100 });
  expect(meter.snapshot()).toMatchObject({
    phase: 'stage',
    files: { done: 6, total: 10, failed: 1 },
    bytes: { done: 300, total: 700 },
    rows: 20,
    rejected: 1,
    workers: 3,
    leases: 4,
  });
  meter.end();
});

test('never shows more done than there is, though a chunk is staged twice', () => {
  const meter = new ProgressMeter(10, () => 0);
  meter.prepared(prepared);
  meter.add({ phase: 'stage', files: 30, bytes: 9_000 });
  expect(meter.snapshot()).toMatchObject({ files: { done: 10 }, bytes: { done: 700 } });
  meter.end();
});

test('a thousand reports in a burst are a handful of events, the last one complete', async () => {
  const meter = new ProgressMeter(40, () => 0);
  const told: JobProgress[] = [];
  meter.subscribe((progress) => told.push(progress));
  meter.prepared({ ...prepared, files: { found: 1_000, unchanged: 0, toStage: 1_000, staged: 0 } });
  for (let file = 0; file < 1_000; file += 1) {
    meter.add({ phase: 'stage', files: 1, rows: 5 });
    if (file % 200 === 0) await sleep(10);
  }
  meter.end();
  expect(told.length).toBeLessThanOrEqual(5);
  expect(told.at(-1)).toMatchObject({ files: { done: 1_000 }, rows: 5_000 });
});

test('counts rows by table, takes back what was rolled back, and begins anew with an attempt', () => {
  const meter = new ProgressMeter(10, () => 0);
  const progress = new OpenProgress((step) => meter.add(step));
  const step = (tables: Record<string, number>) => progress.add({ phase: 'stage', files: 1, tables });
  meter.prepared(prepared);
  step({ a: 2, b: 1 });
  progress.committed();
  step({ a: 5 });
  progress.add({ phase: 'stage', bytes: 1 });
  step({ a: 1, c: 7 });
  const before = meter.snapshot().tables;
  progress.rolledBack();
  const after = meter.snapshot().tables;
  meter.prepared(prepared);
  expect([before, after, meter.snapshot().tables]).toEqual([{ a: 8, b: 1, c: 7 }, { a: 2, b: 1, c: 0 }, {}]);
  meter.end();
});

test('knows the speed of rows and of bytes', async () => {
  const meter = new ProgressMeter(1, () => 0);
  meter.prepared({ ...prepared, bytes: 1_000_000 });
  const told = Promise.withResolvers<JobProgress>();
  meter.subscribe((progress) => {
    if (progress.rowsPerSecond > 0) told.resolve(progress);
    else meter.add({ phase: 'stage', rows: 10, bytes: 1_000 });
  });
  const { rowsPerSecond, bytesPerSecond } = await told.promise;
  expect(bytesPerSecond / rowsPerSecond).toBeCloseTo(100, 0);
  meter.end();
});
