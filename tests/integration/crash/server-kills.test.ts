import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoadOutcome } from '#host/job-host';
import { createDatabase } from '#tests/helpers/database';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { countsOf, expectLoaded } from './content.ts';
import { writeDossiers } from './dossier-folder.ts';
import { momentOf } from './moments.ts';
import { PrivateServer } from './private-server.ts';
import { expectGone, workersOf } from './processes.ts';
import { kills, Random } from './random.ts';
import { loadSpec, openRealHost, refOf } from './real-host.ts';
import { type Undisturbed, uninterrupted } from './reference.ts';
import { watch } from './watch.ts';

/** How long the server stays away at most; the workers try again for longer than that. */
const AWAY_MS = 1_000;

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
let server: PrivateServer;
let reference: Undisturbed;
let hits = 0;

beforeAll(async () => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
  writeDossiers(data, { dossiers: 400, together: 400 });
  server = new PrivateServer();
  reference = await uninterrupted(await server.asTestServer(), data);
});

afterAll(async () => {
  await server.dispose();
  folder.remove();
});

test.each(kills())('a load recovers, or can be resumed, when its server is killed: $name', async (kill) => {
  const random = new Random(kill.seed);
  const database = await createDatabase(await server.asTestServer());
  const host = await openRealHost(join(folder.path, 'home'), database.target);
  try {
    const moment = momentOf(kill.index, random, reference.usualMs);
    const spec = loadSpec(data, refOf(database.target));
    const handle = host.startLoad(spec);
    const load = { loadId: spec.loadId, database, ...watch(handle) };
    await moment.reached(load);
    if (!load.ended()) hits += 1;
    await server.kill();
    await sleep(random.between(0, AWAY_MS));
    await server.start();
    const first = await handle.done;
    const outcome = first.state === 'failed' ? ((await host.resume(handle.number).done) as LoadOutcome) : first;
    const told = `killed ${moment.name}: ${JSON.stringify(first.error ?? {})}, then ${JSON.stringify(outcome.error ?? {})}`;
    expect(outcome.state, told).toBe('succeeded_with_rejects');
    if (first.error !== undefined) expect(first.error, told).toMatchObject({ retryable: true });
    expect(countsOf(outcome.report)).toEqual(reference.counts);
    await expectLoaded(database, spec.loadId, reference);
    await database.expectNoConnections();
    await expectGone(workersOf(process.pid));
  } finally {
    await host.close();
    await server.start();
    await database.drop();
  }
});

test('most of these kills met a load at work', () => {
  expect(hits).toBeGreaterThan(kills().length / 2);
});
