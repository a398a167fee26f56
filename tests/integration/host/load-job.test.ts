import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobProgress } from '#contract/jobs';
import type { Host, HostOptions } from '#host/host-types';
import { linesOf, openTestHost, QUICK_TIMING, testSpec } from '#tests/helpers/host-folder';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import type { Behaviour } from '#tests/helpers/worker-double';

let folder: ReturnType<typeof temporaryFolder>;
const hosts: Host[] = [];

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close()));
  folder.remove();
});

async function hostWith(behaviour: Behaviour, changes: Partial<HostOptions> = {}): Promise<Host> {
  const host = await openTestHost(folder.path, behaviour, changes);
  hosts.push(host);
  return host;
}

const staged = () => linesOf(folder.path, 'staged.log').map(Number);
const sorted = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const eventsOf = (host: Host, number: number) => host.showJob(number).events.map(({ event }) => event);

/** As the workers saw it: a lease is noted after it is granted, and struck out before it is given back. */
function mostLeasesAtOnce(): number {
  let held = 0;
  let most = 0;
  for (const line of linesOf(folder.path, 'leases.log')) {
    held += line.startsWith('+') ? 1 : -1;
    most = Math.max(most, held);
  }
  return most;
}

/** @param what it waits for, as a failure names it */
async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Waited 20 s in vain until ${what}.`);
    await sleep(10);
  }
}

describe('a load', () => {
  test('stages every chunk once and stores the report before telling it', async () => {
    const host = await hostWith({ files: 12 });
    const outcome = await host.startLoad(testSpec(folder.path)).done;
    expect(outcome).toMatchObject({
      number: 1,
      state: 'succeeded',
      report: { job: '1', undo: 'loadstone jobs undo 1' },
    });
    expect(sorted(staged())).toEqual(upTo(12));
    expect(host.showJob(1).job).toMatchObject({ state: 'succeeded', report: outcome.report, error: null });
    expect(eventsOf(host, 1)).toEqual(['queued', 'running', 'prepared', 'succeeded']);
  });

  test('of a single chunk is staged by the lead, with one process', async () => {
    const host = await hostWith({ files: 1, chunkMs: 300 });
    const handle = host.startLoad(testSpec(folder.path, { limit: 1 }));
    const workers: number[] = [];
    handle.onProgress((progress) => workers.push(progress.workers));
    expect((await handle.done).state).toBe('succeeded');
    expect(Math.max(...workers)).toBe(1);
    expect(staged()).toEqual([1]);
  });

  test('with rejects ends as succeeded_with_rejects', async () => {
    const host = await hostWith({ files: 3, rejects: 2 });
    expect(await host.startLoad(testSpec(folder.path)).done).toMatchObject({
      state: 'succeeded_with_rejects',
      report: { state: 'succeeded_with_rejects', rejects: { total: 2 } },
    });
  });

  test('that fails as a whole keeps its error and what is known', async () => {
    const host = await hostWith({ files: 3, failMerge: true });
    expect(await host.startLoad(testSpec(folder.path)).done).toMatchObject({
      state: 'failed',
      error: { code: 'TOO_MANY_REJECTS' },
      report: { state: 'failed', files: { loaded: 3 } },
    });
    expect(host.showJob(1).job).toMatchObject({ state: 'failed', error: { code: 'TOO_MANY_REJECTS' } });
  });

  test('whose server cannot be resolved fails with that error before any worker starts', async () => {
    const resolveTarget = () => Promise.reject(new Error('no such server'));
    const host = await hostWith({}, { resolveTarget });
    const outcome = await host.startLoad(testSpec(folder.path)).done;
    expect(outcome).toMatchObject({ state: 'failed', error: { message: expect.stringContaining('no such server') } });
    expect(linesOf(folder.path, 'prepared.log')).toEqual([]);
  });

  test('reports progress at most ten times a second, up to its end', async () => {
    const host = await hostWith({ files: 60, chunkMs: 20 });
    const handle = host.startLoad(testSpec(folder.path));
    const told: JobProgress[] = [];
    const since = Date.now();
    handle.onProgress((progress) => told.push(progress));
    await handle.done;
    expect(told.length).toBeGreaterThan(2);
    expect(told.length).toBeLessThanOrEqual((Date.now() - since) / QUICK_TIMING.progressMs + 2);
    expect(told.at(-1)).toMatchObject({ files: { done: 60, total: 60, failed: 0 }, rows: 600 });
    expect(told.some((progress) => progress.workers === 3 && progress.leases === 3)).toBe(true);
  });
});

describe('a crash', () => {
  test('of a stager gives its chunk back, has its backend ended, and the load succeeds', async () => {
    const host = await hostWith({ files: 10, crashOnFile: { file: 4, times: 2 } });
    expect((await host.startLoad(testSpec(folder.path)).done).state).toBe('succeeded');
    expect(sorted(staged())).toEqual(upTo(10));
    expect(linesOf(folder.path, 'ended.log')).toHaveLength(2);
    expect(eventsOf(host, 1).filter((event) => event === 'worker lost')).toHaveLength(2);
  });

  test('over one file again and again fails the load naming the file, and others stay staged', async () => {
    const host = await hostWith({ files: 6, crashOnFile: { file: 2, times: 100 } });
    const outcome = await host.startLoad(testSpec(folder.path)).done;
    expect(outcome).toMatchObject({ state: 'failed', error: { code: 'WORKER_CRASHED' } });
    expect(outcome.error?.message).toMatch(/^File 2 of the load .* ended 3 workers.*crashing over file 2/);
    expect(staged()).not.toContain(2);
  });

  test.each(['load.prepare', 'load.merge'] as const)('of the lead during %s starts the load again', async (kind) => {
    const host = await hostWith({ files: 5, crashOnTask: { kind, times: 1 } });
    expect((await host.startLoad(testSpec(folder.path)).done).state).toBe('succeeded');
    expect(sorted(staged())).toEqual(upTo(5));
    expect(eventsOf(host, 1)).toContain('restarted');
    expect(linesOf(folder.path, 'ended.log')).toHaveLength(1);
  });

  test('of the idle lead during staging starts the load again at once', async () => {
    const host = await hostWith({ files: 40, chunkMs: 50 });
    const handle = host.startLoad(testSpec(folder.path));
    await until('some files were staged', () => staged().length > 2);
    process.kill(Number(linesOf(folder.path, 'prepared.log')[0]), 'SIGKILL');
    expect((await handle.done).state).toBe('succeeded');
    expect(linesOf(folder.path, 'prepared.log')).toHaveLength(2);
    expect(sorted(staged())).toEqual(upTo(40));
  });

  test('of every lead leaves the job failed after three restarts, and it can be resumed', async () => {
    const host = await hostWith({ files: 3, crashOnTask: { kind: 'load.merge', times: 4 } });
    const outcome = await host.startLoad(testSpec(folder.path)).done;
    expect(outcome).toMatchObject({ state: 'failed', error: { code: 'WORKER_CRASHED', retryable: true } });
    expect(linesOf(folder.path, 'prepared.log')).toHaveLength(4);
    expect((await host.resume(1).done).state).toBe('succeeded');
    expect(sorted(staged())).toEqual(upTo(3));
  });

  test('of the server that empties the staging makes the load stage everything again', async () => {
    const host = await hostWith({ files: 6, stagingLost: 1 });
    expect((await host.startLoad(testSpec(folder.path)).done).state).toBe('succeeded');
    expect(sorted(staged())).toEqual(upTo(6));
    expect(linesOf(folder.path, 'prepared.log')).toHaveLength(2);
  });

  test('of workers that never start opens the circuit after three tries', async () => {
    const host = await hostWith({ start: 'exit' });
    const outcome = await host.startLoad(testSpec(folder.path)).done;
    expect(outcome).toMatchObject({ state: 'failed', error: { code: 'WORKER_NOT_READY' } });
    expect(outcome.error?.message).toContain('the double refuses to start');
  });
});

describe('a cancel', () => {
  test('stops after the present chunk, keeps what is staged, and the load can be resumed', async () => {
    const host = await hostWith({ files: 40, chunkMs: 40 });
    const handle = host.startLoad(testSpec(folder.path));
    await until('some files were staged', () => staged().length > 2);
    handle.cancel();
    expect(host.showJob(1).job.state).toBe('cancelling');
    const outcome = await handle.done;
    expect(outcome.state).toBe('cancelled');
    expect(outcome.progress.files.done).toBe(staged().length);
    const before = staged().length;
    expect(before).toBeLessThan(40);
    expect((await host.resume(1).done).state).toBe('succeeded');
    expect(sorted(staged())).toEqual(upTo(40));
  });

  test('that workers ignore kills them when the grace period ends, and their backends are ended', async () => {
    const host = await hostWith({ files: 4, chunkMs: 60_000, ignoreCancel: true });
    const handle = host.startLoad(testSpec(folder.path));
    // What has no connection has no backend to be ended, and what has no chunk ends well.
    await until('a stager had a chunk', () => linesOf(folder.path, 'chunks.log').length > 0);
    const since = Date.now();
    handle.cancel();
    expect((await handle.done).state).toBe('cancelled');
    expect(Date.now() - since).toBeGreaterThanOrEqual(QUICK_TIMING.graceMs - 20);
    expect(Date.now() - since).toBeLessThan(5_000);
    await until('backends were ended', () => linesOf(folder.path, 'ended.log').length > 0);
  });

  test('given twice kills at once', async () => {
    const host = await hostWith(
      { files: 4, chunkMs: 60_000, ignoreCancel: true },
      { timing: { ...QUICK_TIMING, graceMs: 60_000 } },
    );
    const handle = host.startLoad(testSpec(folder.path));
    await until('the load was prepared', () => eventsOf(host, 1).includes('prepared'));
    handle.cancel();
    handle.cancel();
    expect((await handle.done).state).toBe('cancelled');
  });

  test('that comes when the merge is done leaves the job succeeded', async () => {
    const timing = { ...QUICK_TIMING, graceMs: 20_000 };
    const host = await hostWith({ files: 2, mergeMs: 500, ignoreCancel: true }, { timing });
    const handle = host.startLoad(testSpec(folder.path));
    await until('its merge began', () => host.live(1)?.progress.phase === 'check');
    handle.cancel();
    expect((await handle.done).state).toBe('succeeded');
  });

  test('of a queued load ends it without a worker', async () => {
    const host = await hostWith({ files: 8, chunkMs: 100 }, { pool: 2 });
    const first = host.startLoad(testSpec(folder.path));
    const second = host.startLoad(testSpec(folder.path));
    await until('the first job ran', () => host.showJob(1).job.state === 'running');
    expect(host.showJob(2).job.state).toBe('queued');
    second.cancel();
    expect((await second.done).state).toBe('cancelled');
    expect(host.showJob(2).job.startedAt).toBeNull();
    expect((await first.done).state).toBe('succeeded');
  });

  test('by closing the host ends every worker', async () => {
    const host = await openTestHost(folder.path, { files: 40, chunkMs: 100 });
    const handle = host.startLoad(testSpec(folder.path));
    await until('some files were staged', () => staged().length > 1);
    const lead = Number(linesOf(folder.path, 'prepared.log')[0]);
    await host.close();
    expect((await handle.done).state).toBe('cancelled');
    expect(() => process.kill(lead, 0)).toThrow();
  });
});

describe('two loads at once', () => {
  test('share the budget and never exceed it', async () => {
    const host = await hostWith({ files: 30, chunkMs: 20 }, { pool: 4 });
    const handles = [1, 2].map(() => host.startLoad(testSpec(folder.path, { workers: 8 })));
    const outcomes = await Promise.all(handles.map((handle) => handle.done));
    expect(outcomes.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
    expect(mostLeasesAtOnce()).toBe(4);
  });

  test('the first gives way, so that the second starts before it ends', async () => {
    const host = await hostWith({ files: 60, chunkMs: 60 }, { pool: 4 });
    const first = host.startLoad(testSpec(folder.path, { workers: 8 }));
    await until('some files were staged', () => staged().length > 3);
    const second = host.startLoad(testSpec(folder.path, { workers: 1 }));
    await until('the second load was prepared', () => eventsOf(host, 2).includes('prepared'));
    expect(host.showJob(1).job.state).toBe('running');
    await Promise.all([first.done, second.done]);
    expect(host.listJobs().map(({ number, state }) => [number, state])).toEqual([
      [2, 'succeeded'],
      [1, 'succeeded'],
    ]);
  });
});

describe('actions on ended jobs', () => {
  test('undo takes back a succeeded load, once', async () => {
    const host = await hostWith({});
    await host.startLoad(testSpec(folder.path)).done;
    expect(await host.undo(1)).toEqual({ tables: { t: { removed: 1, restored: 0, conflicts: 0 } }, sample: [] });
    expect(host.showJob(1).job.state).toBe('undone');
    await expect(host.undo(1)).rejects.toMatchObject({ code: 'JOB_STATE' });
    await expect(host.discard(1)).rejects.toMatchObject({ code: 'JOB_STATE' });
  });

  test('only one of two undos at once is let in', async () => {
    const host = await hostWith({});
    await host.startLoad(testSpec(folder.path)).done;
    const results = await Promise.allSettled([host.undo(1), host.undo(1)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('discard drops a failed load, and a job whose worker fails stays as it was', async () => {
    const host = await hostWith({ failMerge: true, crashOnTask: { kind: 'load.discard', times: 1 } });
    await host.startLoad(testSpec(folder.path)).done;
    await expect(host.discard(1)).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
    expect(host.showJob(1).job.state).toBe('failed');
    await host.discard(1);
    expect(host.showJob(1).job.state).toBe('discarded');
    expect(() => host.resume(1)).toThrow(expect.objectContaining({ code: 'JOB_STATE' }));
  });

  test('a dry run cannot be undone', async () => {
    const host = await hostWith({});
    const outcome = await host.startLoad(testSpec(folder.path, { dryRun: true })).done;
    expect(outcome.report?.undo).toBeUndefined();
    await expect(host.undo(1)).rejects.toMatchObject({ code: 'JOB_STATE' });
  });
});

test('a pool below two connections is refused', async () => {
  await expect(openTestHost(folder.path, {}, { pool: 1 })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});
