import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { stagingNames } from '#engine/model/staging-names';
import type { Host, JobHandle } from '#host/host-types';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { expectLoaded, stagingOf } from './content.ts';
import { writeDossiers } from './dossier-folder.ts';
import { expectGone, workersOf } from './processes.ts';
import { loadSpec, openRealHost, refOf } from './real-host.ts';
import { type Undisturbed, uninterrupted } from './reference.ts';
import { slowDownMerge, untilMergeSleeps, visibleRows } from './slow-merge.ts';
import { watch } from './watch.ts';

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
let reference: Undisturbed;
let database: TestDatabase;
let host: Host;

beforeAll(async () => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
  writeDossiers(data, { dossiers: 1200, together: 100 });
  reference = await uninterrupted(embeddedServer(), data);
});

beforeEach(async () => {
  database = await createDatabase(embeddedServer());
  host = await openRealHost(join(folder.path, database.target.database), database.target);
});

afterEach(async () => {
  await host.close();
  await database.drop();
});

afterAll(() => folder.remove());

async function untilSomeAreStaged(handle: JobHandle): Promise<void> {
  const { progress, ended } = watch(handle);
  while (!ended() && !(progress()?.phase === 'stage' && (progress()?.files.done ?? 0) > 0)) await sleep(2);
}

async function stagedFiles(loadId: string): Promise<number> {
  const [row] = await database.query<{ n: number }>(`select count(*)::int as n from ${stagingNames(loadId).staged}`);
  return row?.n ?? -1;
}

test('one click while it stages cancels, keeps what is staged, and a resume completes the load', async () => {
  const spec = loadSpec(data, refOf(database.target));
  const handle = host.startLoad(spec);
  await untilSomeAreStaged(handle);
  handle.cancel();
  const { state, progress } = await handle.done;
  expect(state).toBe('cancelled');
  const staged = await stagedFiles(spec.loadId);
  expect(staged).toBeLessThan(reference.counts?.files.found ?? 0);
  expect(progress.files.done, 'the files that are said to be staged').toBe(staged);
  await expectGone(workersOf(process.pid));
  await database.expectNoConnections();
  expect((await host.resume(handle.number).done).state).toBe('succeeded_with_rejects');
  await expectLoaded(database, spec.loadId, reference);
});

test('a cancelled load that is discarded leaves nothing in the database, and cannot be resumed', async () => {
  const spec = loadSpec(data, refOf(database.target));
  const handle = host.startLoad(spec);
  await untilSomeAreStaged(handle);
  handle.cancel();
  await handle.done;
  expect(await stagingOf(database, spec.loadId)).toBe(true);
  await host.discard(handle.number);
  expect(await stagingOf(database, spec.loadId)).toBe(false);
  expect(await database.query('select from loadstone.loads')).toEqual([]);
  expect(() => host.resume(handle.number)).toThrow(expect.objectContaining({ code: 'JOB_STATE' }));
  await database.expectNoConnections();
});

test('the second click kills the workers and their connections, and the load can still be resumed', async () => {
  const spec = loadSpec(data, refOf(database.target));
  const handle = host.startLoad(spec);
  await untilSomeAreStaged(handle);
  const workers = workersOf(process.pid);
  handle.cancel();
  handle.cancel();
  expect((await handle.done).state).toBe('cancelled');
  await expectGone(workers, 1_000);
  expect((await host.resume(handle.number).done).state).toBe('succeeded_with_rejects');
  await expectLoaded(database, spec.loadId, reference);
  await host.close();
  await database.expectNoConnections();
});

test('a click in the middle of the merge stops its statement and rolls everything back', async () => {
  const slow = await slowDownMerge(database);
  const spec = loadSpec(data, refOf(database.target));
  const handle = host.startLoad(spec);
  await untilMergeSleeps(database);
  const since = performance.now();
  handle.cancel();
  expect((await handle.done).state).toBe('cancelled');
  expect(performance.now() - since, 'no grace period had to end').toBeLessThan(5_000);
  await database.expectNoConnections();
  expect({ rows: await visibleRows(database), loads: await database.query('select from loadstone.loads') }).toEqual({
    rows: 0,
    loads: [],
  });
  await slow.release();
  expect((await host.resume(handle.number).done).state).toBe('succeeded_with_rejects');
  await expectLoaded(database, spec.loadId, reference);
});

test('two clicks in the middle of the merge end the killed worker’s backend with it', async () => {
  const slow = await slowDownMerge(database);
  const spec = loadSpec(data, refOf(database.target));
  const handle = host.startLoad(spec);
  await untilMergeSleeps(database);
  await slow.release();
  handle.cancel();
  handle.cancel();
  expect((await handle.done).state).toBe('cancelled');
  expect((await host.resume(handle.number).done).state).toBe('succeeded_with_rejects');
  await expectLoaded(database, spec.loadId, reference);
  await host.close();
  await database.expectNoConnections();
});
