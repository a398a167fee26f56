import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CancelSwitch, isCancelled } from '#host/cancel-switch';
import { childProcessStarter } from '#host/child-process-starter';
import { LeasePool } from '#host/leases';
import { Supervisor } from '#host/supervisor';
import type { HostTiming } from '#host/timing';
import {
  doubleEntry,
  linesOf,
  QUICK_TIMING,
  resolveTestTarget,
  SILENT_LOG,
  testSpec,
} from '#tests/helpers/host-folder';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import type { Behaviour } from '#tests/helpers/worker-double';

const SERVER_KEY = 'db.test:5432';
let folder: ReturnType<typeof temporaryFolder>;
const supervisors: Supervisor[] = [];

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(async () => {
  await Promise.all(supervisors.splice(0).map((supervisor) => supervisor.kill()));
  folder.remove();
});

function workerThat(behaviour: Behaviour, timing: Partial<HostTiming> = {}) {
  const pool = new LeasePool({ budget: 5, orphanMs: 60_000 });
  const supervisor = new Supervisor({
    holder: { job: 1, worker: 'w' },
    entry: doubleEntry(folder.path, behaviour),
    starter: childProcessStarter(),
    timing: { ...QUICK_TIMING, ...timing },
    leases: { pool, resolveTarget: resolveTestTarget, timeoutMs: 1_000 },
    log: SILENT_LOG,
  });
  supervisors.push(supervisor);
  const cancel = new CancelSwitch();
  const spec = testSpec(folder.path);
  return {
    supervisor,
    pool,
    cancel,
    prepare: () => supervisor.run<'load.prepare'>({ kind: 'load.prepare', spec, resume: false }, { cancel }),
    merge: () => supervisor.run<'load.merge'>({ kind: 'load.merge', spec, fence: 1, undoDays: null }, { cancel }),
  };
}

const caught = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

describe('a worker that behaves', () => {
  test('runs tasks one after the other in one process, then exits when asked', async () => {
    const { supervisor, prepare, merge, pool } = workerThat({ files: 3 });
    expect(supervisor.state).toBe('down');
    expect((await prepare()).chunks).toHaveLength(3);
    const { pid } = supervisor;
    expect(supervisor.state).toBe('idle');
    expect((await merge()).state).toBe('succeeded');
    expect(supervisor.pid).toBe(pid);
    expect(pool.usage(SERVER_KEY).held).toBe(1);
    await supervisor.stop();
    expect(supervisor.state).toBe('closed');
    expect(pool.usage(SERVER_KEY).held).toBe(0);
    expect(() => process.kill(pid ?? 0, 0)).toThrow();
  });

  test('answers pings, so that its memory is known and it is not given up', async () => {
    const { supervisor, merge } = workerThat({ mergeMs: 700 }, { pingEveryMs: 50, silentMs: 250 });
    await merge();
    expect(supervisor.rssBytes).toBeGreaterThan(20_000_000);
    expect(supervisor.rssBytes).toBeLessThan(300_000_000);
  });

  test('sees no password in its environment', async () => {
    process.env.PGPASSWORD = 'hidden';
    process.env.NODE_OPTIONS = '--require=/does/not/exist.cjs';
    try {
      await expect(workerThat({}).prepare()).resolves.toBeDefined();
    } finally {
      delete process.env.PGPASSWORD;
      delete process.env.NODE_OPTIONS;
    }
    expect(linesOf(folder.path, 'environment.log').join()).toContain('LOADSTONE_WORKER_GENERATION');
    expect(linesOf(folder.path, 'environment.log').join()).not.toMatch(/PGPASSWORD|NODE_OPTIONS/);
  });

  test('is not confused with an older or newer generation', async () => {
    const { prepare } = workerThat({ files: 2, staleFrames: true });
    expect((await prepare()).chunks).toHaveLength(2);
  });
});

describe('a worker that does not start', () => {
  test('is killed when it is not ready in time, and after three tries not started again', async () => {
    const { supervisor, prepare } = workerThat({ start: 'never-ready' }, { readyMs: 250 });
    const error = await caught(prepare());
    expect(error).toMatchObject({ code: 'WORKER_NOT_READY', message: expect.stringContaining('within 0.25 s') });
    expect(supervisor.state).toBe('broken');
    const since = Date.now();
    expect(await caught(prepare())).toMatchObject({ code: 'WORKER_NOT_READY' });
    expect(Date.now() - since).toBeLessThan(200);
  });

  test('is tried again, and a start that works counts', async () => {
    const { supervisor, prepare } = workerThat({ files: 1, failedStarts: 2 });
    expect((await prepare()).chunks).toHaveLength(1);
    expect(supervisor.state).toBe('idle');
  });

  test('names the last words of a process that exits', async () => {
    expect(await caught(workerThat({ start: 'exit' }).prepare())).toMatchObject({
      code: 'WORKER_NOT_READY',
      message: expect.stringContaining('the double refuses to start'),
    });
  });

  test('can be stopped while it starts', async () => {
    const { supervisor, prepare, cancel } = workerThat({ start: 'never-ready' });
    const running = caught(prepare());
    await until(() => supervisor.alive);
    cancel.click();
    expect(isCancelled(await running)).toBe(true);
    await supervisor.stop();
    expect(supervisor.alive).toBe(false);
  });
});

describe('a worker that is lost', () => {
  test('by a crash fails its task with the signal and its last words; the next task starts a new process', async () => {
    const { supervisor, prepare, pool } = workerThat({ crashOnTask: { kind: 'load.prepare', times: 1 } });
    const error = await caught(prepare());
    expect(error).toMatchObject({ code: 'WORKER_CRASHED', retryable: true });
    expect(String(error)).toMatch(/ended by SIGKILL.*crashing over load.prepare/);
    expect(pool.orphans(SERVER_KEY)).toHaveLength(1);
    const before = supervisor.generation;
    await prepare();
    expect(supervisor.generation).toBeGreaterThan(before);
  });

  test('by silence is killed and its task fails', async () => {
    const { supervisor, prepare } = workerThat({ silent: true }, { pingEveryMs: 50, silentMs: 200 });
    expect(await caught(prepare())).toMatchObject({ code: 'WORKER_UNRESPONSIVE', retryable: true });
    await until(() => !supervisor.alive);
  });

  test('three times in a row is not started again', async () => {
    const { supervisor, prepare } = workerThat({ crashOnTask: { kind: 'load.prepare', times: 100 } });
    for (let crash = 0; crash < 3; crash += 1) {
      expect(await caught(prepare())).toMatchObject({ code: 'WORKER_CRASHED' });
    }
    expect(supervisor.state).toBe('broken');
    expect(await caught(prepare())).toMatchObject({ code: 'WORKER_NOT_READY' });
  });

  test('is not replaced for a task that needs the very same process', async () => {
    const { supervisor, prepare, cancel } = workerThat({});
    await prepare();
    const { generation, pid } = supervisor;
    process.kill(pid ?? 0, 'SIGKILL');
    const task = { kind: 'backends.end', connection: testSpec(folder.path).connection, pids: [] } as const;
    await until(() => !supervisor.alive);
    expect(await caught(supervisor.run<'backends.end'>(task, { cancel, generation }))).toMatchObject({
      code: 'WORKER_CRASHED',
    });
    await expect(supervisor.run<'backends.end'>(task, { cancel })).resolves.toBeNull();
  });
});

describe('the cancel ladder', () => {
  test('first asks: the worker stops by itself and lives on', async () => {
    const { supervisor, merge, cancel } = workerThat({ mergeMs: 60_000 });
    const running = caught(merge());
    await until(() => supervisor.state === 'busy');
    await sleep(100);
    cancel.click();
    expect(isCancelled(await running)).toBe(true);
    expect(supervisor.state).toBe('idle');
  });

  test('then kills the worker that ignores it when the grace period ends', async () => {
    const { supervisor, merge, cancel } = workerThat({ mergeMs: 60_000, ignoreCancel: true }, { graceMs: 300 });
    const running = caught(merge());
    await until(() => supervisor.state === 'busy');
    const since = Date.now();
    cancel.click();
    expect(isCancelled(await running)).toBe(true);
    expect(Date.now() - since).toBeGreaterThanOrEqual(290);
    expect(supervisor.alive).toBe(false);
  });

  test('kills at once at the second click', async () => {
    const { supervisor, merge, cancel } = workerThat({ mergeMs: 60_000, ignoreCancel: true }, { graceMs: 60_000 });
    const running = caught(merge());
    await until(() => supervisor.state === 'busy');
    cancel.click();
    cancel.click();
    expect(isCancelled(await running)).toBe(true);
    expect(supervisor.alive).toBe(false);
  });

  test('lets a worker that ignores shutdown live no longer than allowed', async () => {
    const { supervisor, prepare } = workerThat({ ignoreShutdown: true }, { shutdownMs: 200 });
    await prepare();
    const { pid } = supervisor;
    await supervisor.stop();
    expect(() => process.kill(pid ?? 0, 0)).toThrow();
  });
});
