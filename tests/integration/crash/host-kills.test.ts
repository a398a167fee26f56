import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { countsOf, expectLoaded } from './content.ts';
import { writeDossiers } from './dossier-folder.ts';
import { type HostProcess, startLoadProcess } from './host-process.ts';
import { momentOf } from './moments.ts';
import { expectGone, workersOf } from './processes.ts';
import { kills, Random } from './random.ts';
import { loadSpec, openRealHost, refOf } from './real-host.ts';
import { type Undisturbed, uninterrupted } from './reference.ts';

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

/** @returns whether it was still at work. */
async function killHost({ child, end }: HostProcess): Promise<boolean> {
  const workers = workersOf(child.pid ?? 0);
  child.kill('SIGKILL');
  const code = await end;
  await expectGone(workers);
  return code === null;
}

async function resume(home: string, database: TestDatabase, number: number) {
  const host = await openRealHost(home, database.target);
  try {
    const { state, report } = host.showJob(number).job;
    // A kill just after the commit may come when the end is stored already, and only the process has not ended.
    if (state === 'succeeded_with_rejects') return { state, report };
    expect(state).toBe('interrupted');
    hits += 1;
    const outcome = await host.resume(number).done;
    const audited = [...host.audit.entries({})].map(({ action }) => action);
    expect(audited, 'the audit log').toEqual(['merged', 'resumed', 'interrupted', 'ordered']);
    return outcome;
  } finally {
    await host.close();
  }
}

test.each(kills())('a load whose host is killed is interrupted, and a resume completes it: $name', async (kill) => {
  const random = new Random(kill.seed);
  const servers = inject('servers');
  await using database = await createDatabase(servers[kill.index % servers.length] ?? embeddedServer());
  const home = join(folder.path, `home-${kill.index}`);
  const moment = momentOf(kill.index, random, reference.usualMs);
  const spec = loadSpec(data, refOf(database.target));
  const running = startLoadProcess({ home, target: database.target, spec });
  await running.begun;
  await moment.reached({ loadId: spec.loadId, database, ...running });
  if (await killHost(running)) {
    const outcome = await resume(home, database, 1).catch((error) => error);
    expect(outcome, `killed ${moment.name}`).toMatchObject({ state: 'succeeded_with_rejects' });
    expect(countsOf(outcome.report)).toEqual(reference.counts);
  }
  await expectLoaded(database, spec.loadId, reference);
  await database.expectNoConnections();
});

test('most of these kills met a host at work', () => {
  expect(hits).toBeGreaterThan(kills().length / 2);
});
