import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { JobProgress } from '#contract/jobs';
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
