import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, embeddedServer } from '#tests/helpers/database';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { expectLoaded, stagingOf } from './content.ts';
import { writeDossiers } from './dossier-folder.ts';
import { startLoadProcess } from './host-process.ts';
import { PrivateServer } from './private-server.ts';
import { expectGone, workersOf } from './processes.ts';
import { loadSpec, openRealHost, refOf } from './real-host.ts';
import { type Undisturbed, uninterrupted } from './reference.ts';
import { slowDownMerge, untilMergeSleeps, visibleRows } from './slow-merge.ts';

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
let reference: Undisturbed;

beforeAll(async () => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
  writeDossiers(data, { dossiers: 150, together: 100 });
  reference = await uninterrupted(embeddedServer(), data);
});

afterAll(() => folder.remove());

test('a merge whose worker is killed is rolled back and done again by the next worker', async () => {
  await using database = await createDatabase(embeddedServer());
  const slow = await slowDownMerge(database);
  const host = await openRealHost(join(folder.path, 'worker'), database.target);
  try {
    const spec = loadSpec(data, refOf(database.target));
    const handle = host.startLoad(spec);
    await untilMergeSleeps(database);
    await slow.release();
    const [lead, ...others] = workersOf(process.pid);
    expect({ lead: typeof lead, others, rows: await visibleRows(database) }).toEqual({
      lead: 'number',
      others: [],
      rows: 0,
    });
    process.kill(lead ?? 0, 'SIGKILL');
    expect((await handle.done).state).toBe('succeeded_with_rejects');
    await expectLoaded(database, spec.loadId, reference);
    await database.expectNoConnections();
  } finally {
    await host.close();
  }
});

test('a merge whose host is killed is rolled back, and the resume has only to merge', async () => {
  await using database = await createDatabase(embeddedServer());
  const slow = await slowDownMerge(database);
  const home = join(folder.path, 'host');
  const spec = loadSpec(data, refOf(database.target));
  const running = startLoadProcess({ home, target: database.target, spec });
  await untilMergeSleeps(database);
  await slow.release();
  const workers = workersOf(running.child.pid ?? 0);
  running.child.kill('SIGKILL');
  await running.end;
  await expectGone(workers);
  expect({ rows: await visibleRows(database), staged: await stagingOf(database, spec.loadId) }).toEqual({
    rows: 0,
    staged: true,
  });
  const host = await openRealHost(home, database.target);
  try {
    expect((await host.resume(1).done).state).toBe('succeeded_with_rejects');
    const { events } = host.showJob(1);
    expect(events.findLast(({ event }) => event === 'prepared')?.facts).toMatchObject({ staged: 153, toStage: 1 });
  } finally {
    await host.close();
  }
  await expectLoaded(database, spec.loadId, reference);
  await database.expectNoConnections();
});

test('a merge whose server is killed is rolled back, and everything that was staged is staged again', async () => {
  const server = new PrivateServer();
  const database = await createDatabase(await server.asTestServer());
  const slow = await slowDownMerge(database);
  const host = await openRealHost(join(folder.path, 'server'), database.target);
  try {
    const spec = loadSpec(data, refOf(database.target));
    const handle = host.startLoad(spec);
    await untilMergeSleeps(database);
    await slow.release();
    await server.kill();
    await server.start();
    expect(await server.log(), 'the server started at the first try').not.toContain('startup process failure');
    expect(await visibleRows(database)).toBe(0);
    const ended = await handle.done;
    expect(ended.error).toBeUndefined();
    expect(ended.state).toBe('succeeded_with_rejects');
    const prepared = host.showJob(1).events.filter(({ event }) => event === 'prepared');
    expect(prepared.map(({ facts }) => facts.staged)).toEqual([0, 0]);
    await expectLoaded(database, spec.loadId, reference);
    await database.expectNoConnections();
  } finally {
    await host.close();
    await server.dispose();
  }
});
