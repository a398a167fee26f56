import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JobStore } from '#host/jobs/job-store';
import { openLedger } from '#host/ledger/ledger';
import { doubleEntry, linesOf, openTestHost, SILENT_LOG, testSpec } from '#tests/helpers/host-folder';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  folder.remove();
});

const home = () => join(folder.path, 'home');

function run(helper: string, ...args: readonly string[]) {
  const script = join(import.meta.dirname, `../../helpers/${helper}.ts`);
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    next: async (): Promise<unknown> => JSON.parse((await lines.next()).value ?? 'null'),
    rest: async (): Promise<readonly unknown[]> => {
      const all: unknown[] = [];
      for (let line = await lines.next(); !line.done; line = await lines.next()) all.push(JSON.parse(line.value));
      return all;
    },
  };
}

test('several processes open a new ledger at once and number their jobs without a gap', async () => {
  const spec = JSON.stringify(testSpec(folder.path));
  const numbers = (await Promise.all([1, 2, 3].map(() => run('ledger-process', home(), 'create', spec).rest()))).flat();
  expect(numbers.map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
});

test('of two processes that resume one job, one gets it', async () => {
  const ledger = openLedger(home(), SILENT_LOG);
  const store = new JobStore(ledger);
  const { number } = store.create({ kind: 'load', spec: testSpec(folder.path) });
  store.change(number, 'cancelled');
  const answers = await Promise.all([1, 2].map(() => run('ledger-process', home(), 'resume', String(number)).next()));
  expect(answers.toSorted()).toEqual(['JOB_STATE', 'queued']);
  ledger.close();
});

test('a job whose process was killed becomes interrupted, one whose process lives does not', async () => {
  const spec = JSON.stringify(testSpec(folder.path));
  const [killed, alive] = [
    run('ledger-process', home(), 'run-for-ever', spec),
    run('ledger-process', home(), 'run-for-ever', spec),
  ];
  const [first, second] = [Number(await killed.next()), Number(await alive.next())];
  killed.child.kill('SIGKILL');
  await once(killed.child, 'exit');
  const host = await openTestHost(folder.path, {});
  expect(host.showJob(first).job.state).toBe('interrupted');
  expect(host.showJob(second).job.state).toBe('running');
  const interrupted = [...host.audit.entries({ action: 'interrupted' })];
  expect(interrupted).toMatchObject([{ job: first, facts: { during: 'load', process: killed.child.pid } }]);
  expect(() => host.resume(second)).toThrow(expect.objectContaining({ code: 'JOB_STATE' }));
  expect((await host.resume(first).done).state).toBe('succeeded');
  await host.close();
});

test('a job of another process is cancelled through the ledger', async () => {
  const entry = doubleEntry(folder.path, { files: 500, chunkMs: 50 });
  const other = run('host-process', home(), entry, JSON.stringify(testSpec(folder.path)));
  expect(await other.next()).toBe(1);
  while (linesOf(folder.path, 'staged.log').length < 2) await sleep(20);
  const host = await openTestHost(folder.path, {});
  expect((await host.cancel(1)).state).toBe('cancelled');
  expect(await other.next()).toMatchObject({ number: 1, state: 'cancelled' });
  await expect(host.cancel(1)).rejects.toMatchObject({ code: 'JOB_STATE' });
  await host.close();
});

test('workers of a killed host end with it, and the load is resumed by another', async () => {
  const entry = doubleEntry(folder.path, { files: 30, chunkMs: 50 });
  const other = run('host-process', home(), entry, JSON.stringify(testSpec(folder.path)));
  await other.next();
  while (linesOf(folder.path, 'staged.log').length < 2) await sleep(20);
  other.child.kill('SIGKILL');
  await once(other.child, 'exit');
  const lead = Number(linesOf(folder.path, 'prepared.log')[0]);
  for (let look = 0; look < 100 && isThere(lead); look += 1) await sleep(20);
  expect(isThere(lead)).toBe(false);
  const host = await openTestHost(folder.path, { files: 30 });
  expect((await host.resume(1).done).state).toBe('succeeded');
  const staged = linesOf(folder.path, 'staged.log').map(Number);
  expect(staged.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  await host.close();
});

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
