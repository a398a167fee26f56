import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { expectLoaded } from './content.ts';
import { writeDossiers } from './dossier-folder.ts';
import { momentOf } from './moments.ts';
import { expectGone, workersOf } from './processes.ts';
import { kills, Random } from './random.ts';
import { loadSpec, openRealHost, refOf } from './real-host.ts';
import { type Undisturbed, uninterrupted } from './reference.ts';
import { watch } from './watch.ts';

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
let reference: Undisturbed;
let hits = 0;

beforeAll(async () => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
  writeDossiers(data, { dossiers: 400, together: 400 });
  reference = await uninterrupted(embeddedServer(), data);
});

afterAll(() => folder.remove());

test.each(kills())('a load ends by itself, complete, when one of its workers is killed: $name', async (kill) => {
  const random = new Random(kill.seed);
  const servers = inject('servers');
  const server = servers[kill.index % servers.length];
  await using database: TestDatabase = await createDatabase(server ?? embeddedServer());
  const host = await openRealHost(join(folder.path, 'home'), database.target);
  try {
    const moment = momentOf(kill.index, random, reference.usualMs);
    const spec = loadSpec(data, refOf(database.target));
    const handle = host.startLoad(spec);
    await moment.reached({ loadId: spec.loadId, database, ...watch(handle) });
    const workers = workersOf(process.pid);
    const victim = random.next() < 0.4 ? workers[0] : random.pick(workers);
    if (victim !== undefined) {
      process.kill(victim, 'SIGKILL');
      hits += 1;
    }
    const outcome = await handle.done;
    const told = `killed ${moment.name}: ${JSON.stringify(outcome.error ?? {})}`;
    expect(outcome.state, told).toBe('succeeded_with_rejects');
    await expectLoaded(database, spec.loadId, reference);
    await host.close();
    await database.expectNoConnections();
    await expectGone(workersOf(process.pid));
  } finally {
    await host.close();
  }
});

test('most of these kills met a worker', () => {
  expect(hits).toBeGreaterThan(kills().length / 2);
});
