import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeClient, openClient } from '#engine/postgres/client';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { contentOf, expectLoaded, stagingOf } from './content.ts';
import { writeDossiers } from './dossier-folder.ts';
import { loadSpec, openRealHost, refOf } from './real-host.ts';
import { type Undisturbed, uninterrupted } from './reference.ts';
import { slowDownMerge, untilMergeSleeps } from './slow-merge.ts';

const SAMPLE_EVERY_MS = 10;

let folder: ReturnType<typeof temporaryFolder>;
/** Each holds the dossiers of the one before, and more. */
let nested: readonly string[];
let whole: Undisturbed;

beforeAll(async () => {
  folder = temporaryFolder();
  nested = [120, 240, 360].map((dossiers) => {
    const path = join(folder.path, `data-${dossiers}`);
    writeDossiers(path, { dossiers, together: 150 });
    return path;
  });
  whole = await uninterrupted(embeddedServer(), nested.at(-1) ?? '');
});

afterAll(() => folder.remove());

/** Counts our connections to the database until told to stop; gives the largest number. */
function watchConnections(database: TestDatabase): () => Promise<number> {
  let watching = true;
  let most = 0;
  const watched = (async () => {
    const client = await openClient(database.target, { applicationName: 'crash test' });
    while (watching) {
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name like 'loadstone%'`,
      );
      most = Math.max(most, rows[0]?.n ?? 0);
      await sleep(SAMPLE_EVERY_MS);
    }
    await closeClient(client);
  })();
  return async () => {
    watching = false;
    await watched;
    return most;
  };
}

test.each([
  { loads: 2, pool: 3 },
  { loads: 2, pool: 5 },
  { loads: 3, pool: 5 },
])('$loads loads at once into the same new tables share $pool connections and add up', async ({ loads, pool }) => {
  await using database = await createDatabase(embeddedServer());
  const host = await openRealHost(join(folder.path, database.target.database), database.target, { pool });
  try {
    const mostConnections = watchConnections(database);
    const specs = nested.slice(-loads).map((path) => loadSpec(path, refOf(database.target), { workers: 4 }));
    const outcomes = await Promise.all(specs.map((spec) => host.startLoad(spec).done));
    expect(outcomes.map(({ state, error }) => error ?? state)).toEqual(specs.map(() => 'succeeded_with_rejects'));
    const most = await mostConnections();
    expect(most).toBeGreaterThan(1);
    expect(most, 'connections at once').toBeLessThanOrEqual(pool);
    const content = await contentOf(database);
    for (const [table, rows] of Object.entries(content)) {
      const counts = outcomes.map(({ report }) => report?.tables[table]);
      const inserted = counts.reduce((sum, count) => sum + (count?.inserted ?? 0), 0);
      expect({ table, inserted }).toEqual({ table, inserted: rows.length });
      for (const count of counts) {
        const { read, ...parts } = count ?? { read: -1 };
        expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(read);
      }
    }
    expect(await database.query('select from loadstone.loads')).toHaveLength(loads);
    for (const { loadId } of specs) expect(await stagingOf(database, loadId)).toBe(false);
    await database.expectNoConnections();
  } finally {
    await host.close();
  }
});

test('the same files loaded twice at once are in the tables once', async () => {
  await using database = await createDatabase(embeddedServer());
  const host = await openRealHost(join(folder.path, database.target.database), database.target);
  try {
    const path = nested.at(-1) ?? '';
    const outcomes = await Promise.all([1, 2].map(() => host.startLoad(loadSpec(path, refOf(database.target))).done));
    expect(outcomes.map(({ state }) => state)).toEqual(['succeeded_with_rejects', 'succeeded_with_rejects']);
    const content = await contentOf(database);
    expect(content).toEqual(whole.content);
  } finally {
    await host.close();
  }
});

test('of two hosts with one load, the second is told that it is locked and changes nothing', async () => {
  await using database = await createDatabase(embeddedServer());
  const slow = await slowDownMerge(database);
  const [first, second] = await Promise.all(
    ['first', 'second'].map((name) => openRealHost(join(folder.path, name), database.target)),
  );
  try {
    const spec = loadSpec(nested.at(-1) ?? '', refOf(database.target));
    const working = first?.startLoad(spec);
    await untilMergeSleeps(database);
    const refused = await second?.startLoad(spec).done;
    expect(refused).toMatchObject({ state: 'failed', error: { code: 'LOAD_LOCKED', retryable: true } });
    // The merge sleeps on: ended from outside, it is done again, now without the sleep.
    await slow.release();
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`,
    );
    expect((await working?.done)?.state).toBe('succeeded_with_rejects');
    expect((await second?.resume(1).done)?.report).toMatchObject({ tables: whole.counts?.tables });
    await expectLoaded(database, spec.loadId, whole);
  } finally {
    await Promise.all([first?.close(), second?.close()]);
  }
});
