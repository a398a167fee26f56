import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JobWatchEvent } from '#contract/api/job-views';
import { readResolutions } from '#contract/read-resolutions';
import type { Resolutions } from '#contract/resolutions';
import { JobStore } from '#host/jobs/job-store';
import { openLedger } from '#host/ledger/ledger';
import { openLog } from '#host/log';
import { doubleEntry, SILENT_LOG, testSpec } from '#tests/helpers/host-folder';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import type { Behaviour } from '#tests/helpers/worker-double';
import { type OpenApp, openApp, request, rest, TEST_SHELL, until } from './open-app.ts';

/** Jobs as windows see them, over workers that move no rows. */
let folder: ReturnType<typeof temporaryFolder>;
let opened: OpenApp | undefined;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await opened?.app.close();
  opened = undefined;
  folder.remove();
});

async function open(behaviour: Behaviour, changes: Parameters<typeof openApp>[2] = {}): Promise<OpenApp> {
  opened = await openApp(folder.path, doubleEntry(folder.path, behaviour), changes);
  return opened;
}

const states = (events: readonly JobWatchEvent[]) =>
  events.flatMap((event) => ('detail' in event ? [event.detail.job.state] : []));

test('watchers hear how a job stands, what changes, and its end, each in full', async () => {
  const { client } = await open({ files: 20, chunkMs: 30 });
  const started = await client.jobs.start(request(folder.path));
  expect(started).toMatchObject({ number: 1, state: 'queued', runsHere: true, actions: ['cancel'], rows: null });
  const heard = await Promise.all([1, 2].map(async () => rest(await client.jobs.watch({ number: 1 }))));
  for (const events of heard) {
    expect(events[0]).toMatchObject({ type: 'snapshot', progress: { phase: expect.any(String) }, history: [] });
    expect(events.slice(1).map(({ type }) => type)).not.toContain('snapshot');
    expect(states(events).at(-1)).toBe('succeeded');
    const progress = events.flatMap((event) => (event.type === 'progress' ? [event.progress] : []));
    expect(progress.at(-1)).toMatchObject({ files: { done: 20, total: 20 }, rows: 200, bytes: { done: 2_000 } });
  }
  const late = await rest(await client.jobs.watch({ number: 1 }));
  expect(late).toMatchObject([{ type: 'snapshot', progress: null, detail: { job: { rows: 200, failedFiles: 0 } } }]);
  expect((await client.jobs.show({ number: 1 })).naming).toEqual({ schema: null, quoteNames: false });
  expect((await client.jobs.show({ number: 1 })).job).toMatchObject({ actions: ['undo'], runsHere: false });
});

test('an order that comes again under its id, at once or later, is the load that it began', async () => {
  const { client } = await open({ files: 2, chunkMs: 10 });
  const order = request(folder.path, { loadId: '2B1F7C1E-5C0A-4C58-9C1B-0D6B8F7A9E11' });
  const [first, second] = await Promise.all([client.jobs.start(order), client.jobs.start(order)]);
  expect(second).toMatchObject({ number: first.number, loadId: order.loadId?.toLowerCase() });
  await rest(await client.jobs.watch({ number: first.number }));
  expect(await client.jobs.start(order)).toMatchObject({ number: first.number, state: 'succeeded' });
  const { loadId: _, ...unnamed } = order;
  expect(await client.jobs.start(unnamed)).toMatchObject({ number: first.number + 1 });
  expect((await client.jobs.list({ limit: 10 })).total).toBe(2);
});

test('what is no ordinary file is not read as a mapping, and no file is written that no dialog named', async () => {
  const { client } = await open({ files: 1 });
  for (const path of ['/dev/null', folder.path]) {
    await expect(client.mappings.read({ path })).rejects.toMatchObject({ data: { code: 'MAPPING_NOT_FOUND' } });
  }
  await client.jobs.start(request(folder.path));
  const path = join(folder.path, 'rejects.csv');
  await expect(client.rejects.export({ job: 1, filter: {}, path })).rejects.toMatchObject({
    data: { code: 'PATH_NOT_ALLOWED' },
  });
});

test('progress comes at most ten times a second, and a watcher that is slow gets the newest', async () => {
  const { client } = await open({ files: 60, chunkMs: 10 });
  await client.jobs.start(request(folder.path));
  const events = await client.jobs.watch({ number: 1 });
  expect((await events.next()).value).toMatchObject({ type: 'snapshot' });
  const other = await rest(await client.jobs.watch({ number: 1 }));
  const seconds = ((await client.jobs.show({ number: 1 })).report?.seconds ?? 0) + 1;
  expect(other.filter(({ type }) => type === 'progress').length).toBeLessThanOrEqual(seconds * 10);
  const late = await rest(events);
  expect(late.filter(({ type }) => type === 'progress')).toMatchObject([{ progress: { files: { done: 60 } } }]);
  expect(states(late)).toEqual(['succeeded']);
});

test('a watcher that leaves leaves nothing behind', async () => {
  const { client } = await open({ files: 500, chunkMs: 50 });
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  await client.jobs.start(request(folder.path));
  await until(await client.jobs.watch({ number: 1 }), ({ type }) => type === 'progress').then(() => {});
  const stays = await client.jobs.watch({ number: 1 });
  await stays.next();
  const before = timers();
  for (let round = 0; round < 20; round += 1) {
    const leaves = await client.jobs.watch({ number: 1 });
    await leaves.next();
    // Gone while it waits for the next event, as a closed page is.
    const waiting = leaves.next().then(() => leaves.next());
    await leaves.return?.();
    await waiting;
    const abort = new AbortController();
    const aborted = await client.jobs.watch({ number: 1 }, { signal: abort.signal });
    await aborted.next();
    abort.abort();
    await rest(aborted).catch(() => {});
  }
  expect(timers()).toBeLessThan(before + 10);
  await stays.return?.();
});

test('a job of another process is followed by its states, and cancelled there', async () => {
  const { client } = await open({});
  const spec = testSpec(folder.path);
  const entry = doubleEntry(folder.path, { files: 500, chunkMs: 50 });
  const script = join(import.meta.dirname, '../../helpers/host-process.ts');
  const app = await client.app.watch();
  expect((await app.next()).value).toEqual({ type: 'hello' });
  const child = spawn(process.execPath, [script, join(folder.path, 'home'), entry, JSON.stringify(spec)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  expect(await until(app, ({ type }) => type === 'jobs')).toEqual([{ type: 'jobs', numbers: [1] }]);
  const events = await client.jobs.watch({ number: 1 });
  const before = await until(events, (event) => states([event])[0] === 'running');
  expect(before[0]).toMatchObject({ type: 'snapshot', progress: null, detail: { job: { runsHere: false } } });
  await client.jobs.cancel({ number: 1 });
  expect(states(await rest(events)).at(-1)).toBe('cancelled');
  expect((await client.jobs.list({ limit: 10 })).jobs).toMatchObject([{ actions: ['resume', 'discard'] }]);
  await app.return?.();
});

test('the end of a job is told once, however short the job, to those who listened then, and the log tells of it', async () => {
  const { client } = await open({ files: 1 });
  const first = await client.app.watch();
  await first.next();
  const heardBy = (events: typeof first) =>
    until(events, ({ type }) => type === 'ended').then((heard) => heard.filter(({ type }) => type === 'ended'));
  await client.jobs.start(request(folder.path));
  expect(await heardBy(first)).toMatchObject([{ job: { number: 1, state: 'succeeded', rows: 10 } }]);
  const second = await client.app.watch();
  await second.next();
  // Of another process, begun and ended between two looks.
  const ledger = openLedger(join(folder.path, 'home'), SILENT_LOG);
  const store = new JobStore(ledger);
  store.create({ kind: 'load', spec: testSpec(folder.path) });
  store.change(2, 'failed');
  ledger.close();
  const told = [{ job: { number: 2, state: 'failed' } }];
  expect(await Promise.all([heardBy(first), heardBy(second)])).toMatchObject([told, told]);
  await client.jobs.undo({ number: 1 });
  expect(await heardBy(first)).toMatchObject([{ job: { number: 1, state: 'undone' } }]);
  const { entries } = await client.audit.page({ request: { filter: {}, offset: 0, limit: 10 } });
  expect(entries.map(({ action, job, program }) => [action, job, program])).toEqual([
    ['undone', 1, 'web'],
    ['failed', 2, 'cli'],
    ['ordered', 2, 'cli'],
    ['merged', 1, 'web'],
    ['ordered', 1, 'web'],
  ]);
  const exported = await client.audit.export({ filter: { action: 'merged' } });
  expect(exported).toMatchObject({ rows: 1, download: '/downloads/once/audit.csv' });
  const last = await client.audit.page({ request: { filter: { action: 'audit_exported' }, offset: 0, limit: 1 } });
  expect(last).toMatchObject({ entries: [{ counts: { entries: 1 }, facts: { action: 'merged', of: 'ledger' } }] });
  await first.return?.();
  await second.return?.();
});

test('a job whose process is killed becomes interrupted before the eyes of who watches', async () => {
  const { client } = await open({ files: 2 });
  const script = join(import.meta.dirname, '../../helpers/ledger-process.ts');
  const child = spawn(
    process.execPath,
    [script, join(folder.path, 'home'), 'run-for-ever', JSON.stringify(testSpec(folder.path))],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.push(child);
  await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  const events = await client.jobs.watch({ number: 1 });
  await events.next();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(states(await rest(events))).toEqual(['interrupted']);
  expect(await client.jobs.resume({ number: 1 })).toMatchObject({ state: 'queued', runsHere: true });
  expect(states(await rest(await client.jobs.watch({ number: 1 }))).at(-1)).toBe('succeeded');
});

test('a cancel stops a job, a second kills it, and it can be resumed or discarded', async () => {
  const { client } = await open({ files: 400, chunkMs: 50, ignoreCancel: true });
  await client.jobs.start(request(folder.path));
  const events = await client.jobs.watch({ number: 1 });
  await until(events, ({ type }) => type === 'progress');
  await client.jobs.cancel({ number: 1 });
  await until(events, (event) => states([event])[0] === 'cancelling');
  await client.jobs.cancel({ number: 1 });
  const last = (await rest(events)).at(-1);
  expect(last).toMatchObject({
    type: 'changed',
    detail: { job: { state: 'cancelled', actions: ['resume', 'discard'] } },
  });
  expect(await client.jobs.discard({ number: 1 })).toBeNull();
  expect((await client.jobs.show({ number: 1 })).job).toMatchObject({ state: 'discarded', actions: [] });
  await expect(client.jobs.resume({ number: 1 })).rejects.toMatchObject({
    code: 'FAILED',
    data: { code: 'JOB_STATE' },
  });
});

test('a cancel that comes just as the scan ends is a cancel', async () => {
  const { client } = await open({ files: 50, prepareMs: 800, ignoreCancel: true });
  await client.jobs.start(request(folder.path));
  const events = await client.jobs.watch({ number: 1 });
  await until(events, (event) => states([event])[0] === 'running');
  await client.jobs.cancel({ number: 1 });
  expect(states(await rest(events)).at(-1)).toBe('cancelled');
});

test('closing cancels what runs, and another start finds it ready to be resumed', async () => {
  const first = await open({ files: 40, chunkMs: 50 });
  const activity: number[] = [];
  first.app.onActivity(({ running }) => activity.push(running));
  await first.client.jobs.start(request(folder.path));
  const events = await first.client.jobs.watch({ number: 1 });
  await until(events, ({ type }) => type === 'progress');
  expect(first.app.activity()).toEqual({ running: 1, fraction: expect.any(Number) });
  await expect.poll(() => activity[0]).toBe(1);
  const heard = rest(events);
  await Promise.all([first.app.close(), first.app.close()]);
  expect(states(await heard).at(-1)).toBe('cancelled');
  const { client } = await open({ files: 40 });
  expect(await client.jobs.resume({ number: 1 })).toMatchObject({ state: 'queued' });
  const all = await rest(await client.jobs.watch({ number: 1 }));
  expect(all.at(-1)).toMatchObject({ detail: { job: { state: 'succeeded', rows: 400 } } });
});

test('the log of a job is shown and followed', async () => {
  const { log, close } = openLog({ home: join(folder.path, 'home'), consoleLevel: 'silent' });
  const { client } = await open({ files: 30, chunkMs: 40 }, { log });
  await client.jobs.start(request(folder.path));
  const events = await rest(await client.jobs.watch({ number: 1 }));
  const lines = events.flatMap((event) =>
    event.type === 'log' ? event.lines : event.type === 'snapshot' ? event.log : [],
  );
  const words = lines.map(({ message }) => message);
  expect(words.filter((message) => message === 'worker forked').length).toBeGreaterThanOrEqual(2);
  expect(words).toContain('task ended');
  expect(lines.every(({ facts }) => facts.includes('worker=1-'))).toBe(true);
  close();
});

test('undo is offered, told while it is under way, and not for a dry run', async () => {
  const { client } = await open({ files: 2 });
  const app = await client.app.watch();
  await app.next();
  await client.jobs.start(request(folder.path));
  await rest(await client.jobs.watch({ number: 1 }));
  const undone = client.jobs.undo({ number: 1 });
  expect(await undone).toEqual({ tables: { t: { removed: 1, restored: 0, conflicts: 0 } }, sample: [] });
  expect((await client.jobs.show({ number: 1 })).job).toMatchObject({ state: 'undone', actions: [] });
  await client.jobs.start(request(folder.path, { dryRun: true }));
  await rest(await client.jobs.watch({ number: 2 }));
  await expect(client.jobs.undo({ number: 2 })).rejects.toMatchObject({ data: { code: 'JOB_STATE' } });
  await app.return?.();
});

test('an undo can be cancelled, also by another process: then nothing has changed', async () => {
  const { client } = await open({ files: 1, undoMs: 60_000 });
  await client.jobs.start(request(folder.path));
  await rest(await client.jobs.watch({ number: 1 }));
  const ledger = openLedger(join(folder.path, 'home'), SILENT_LOG);
  for (const cancel of [() => client.jobs.cancel({ number: 1 }), async () => new JobStore(ledger).requestCancel(1)]) {
    const undone = client.jobs.undo({ number: 1 });
    await expect.poll(async () => (await client.jobs.show({ number: 1 })).job.actions).toEqual(['cancel']);
    await cancel();
    expect(await undone).toBeNull();
    expect((await client.jobs.show({ number: 1 })).job).toMatchObject({ state: 'succeeded', actions: ['undo'] });
  }
  expect(() => new JobStore(ledger).requestCancel(1)).toThrow(expect.objectContaining({ code: 'JOB_STATE' }));
  ledger.close();
});

test('an undo of another process is seen while it lasts', async () => {
  const { client } = await open({ files: 1 });
  await client.jobs.start(request(folder.path));
  await rest(await client.jobs.watch({ number: 1 }));
  const app = await client.app.watch();
  await app.next();
  const ledger = openLedger(join(folder.path, 'home'), SILENT_LOG);
  new JobStore(ledger).claim(1, 'undo');
  expect((await app.next()).value).toEqual({ type: 'jobs', numbers: [1] });
  expect((await client.jobs.show({ number: 1 })).job).toMatchObject({ busyWith: 'undo', actions: ['cancel'] });
  new JobStore(ledger).unclaim(1);
  expect((await app.next()).value).toEqual({ type: 'jobs', numbers: [1] });
  ledger.close();
  await app.return?.();
});

test('what cannot be loaded is refused before there is a job', async () => {
  const { client } = await open({});
  const refused = (paths: string[]) =>
    client.jobs.start(request(folder.path, { paths })).catch((error) => error.data?.code);
  expect(await refused(['/secret/x'])).toBe('PATH_NOT_ALLOWED');
  expect(await refused(['relative'])).toBe('USAGE');
  expect(await refused([join(folder.path, 'gone')])).toBe('PATH_NOT_FOUND');
  expect(await client.jobs.list({ limit: 1 })).toEqual({ jobs: [], total: 0 });
  await expect(client.jobs.show({ number: 9 })).rejects.toMatchObject({
    code: 'FAILED',
    data: { code: 'JOB_NOT_FOUND' },
  });
  await expect(client.jobs.watch({ number: 9 })).rejects.toMatchObject({ data: { code: 'JOB_NOT_FOUND' } });
  await expect(client.jobs.list({ limit: 0 })).rejects.toMatchObject({
    code: 'FAILED',
    data: { code: 'USAGE', message: expect.stringContaining('limit') },
  });
});

test('windows hear of settings, connections and what the shell opens, and the default follows its connection', async () => {
  const { app, client } = await open({});
  const events = await client.app.watch();
  await events.next();
  const form = { name: 'a', host: 'h', port: 5432, database: 'd', user: 'u', ssl: 'prefer' as const };
  const { id, ref } = await client.connections.save({ form });
  expect((await events.next()).value).toEqual({ type: 'connections' });
  await client.settings.change({ defaultConnection: ref, language: 'vi' });
  expect((await events.next()).value).toEqual({ type: 'settings' });
  const moved = await client.connections.save({ id, form: { ...form, host: 'other' } });
  expect((await client.settings.get()).defaultConnection).toEqual(moved.ref);
  await client.connections.remove({ id });
  expect(await client.settings.get()).toMatchObject({ defaultConnection: { kind: 'embedded' }, language: 'vi' });
  app.open(['/a']);
  const heard = await until(events, ({ type }) => type === 'open');
  expect(heard.at(-1)).toEqual({ type: 'open', paths: ['/a'] });
  await events.return?.();
  await expect(client.settings.change({ pool: 3 })).rejects.toMatchObject({ data: { code: 'USAGE' } });
});

test('mappings are read from files and from text, and recent sources are remembered', async () => {
  const { client } = await open({ files: 1 });
  const { mapping } = request(folder.path);
  const path = join(folder.path, 'm.json');
  writeFileSync(path, JSON.stringify(mapping));
  expect(await client.mappings.read({ path })).toEqual(mapping);
  expect(await client.mappings.read({ name: 'x.json', text: `// words\n${JSON.stringify(mapping)}` })).toEqual(mapping);
  await expect(client.mappings.read({ name: 'x.json', text: '{' })).rejects.toMatchObject({
    data: { code: 'MAPPING_INVALID' },
  });
  expect((await client.mappings.presets()).map(({ name }) => name)).toContain('vn-land-records');
  await client.jobs.start(request(folder.path));
  expect(await client.sources.recent()).toMatchObject([{ paths: [folder.path], mapping: 'test', exists: true }]);
  expect(await client.app.info()).toMatchObject({ version: '1.2.3', host: 'web', secrets: 'none' });
});

test('choices for conflicts go into the file that a dialog named, where the command line reads them', async () => {
  const path = join(folder.path, 'choices.json');
  const { client } = await open({ files: 1 }, { shell: { ...TEST_SHELL, save: async () => path } });
  const resolutions: Resolutions = { version: 1, use: 'skip', tables: { t: { use: { newer: 'day' } } } };
  const write = client.reviews.write({ path, resolutions });
  await expect(write).rejects.toMatchObject({ data: { code: 'PATH_NOT_ALLOWED' } });
  await client.shell.save({ name: 'choices.json' });
  await client.reviews.write({ path, resolutions });
  expect(readResolutions(readFileSync(path, 'utf8'), path)).toEqual(resolutions);
});
