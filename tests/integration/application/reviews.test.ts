import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mappingSchema } from '#contract/mapping';
import { builtWorker } from '#tests/helpers/built-worker';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { refOf } from '#tests/integration/crash/real-host';
import { type OpenApp, openApp, rest } from './open-app.ts';

/** How windows look at a load that waits, decide about it, and merge it. */
let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;
let opened: OpenApp;

beforeEach(async () => {
  folder = temporaryFolder();
  database = await createDatabase(embeddedServer());
  await database.query(`create table t (id int primary key, v text); insert into t values (1, 'old'), (2, 'old')`);
  await open();
});

afterEach(async () => {
  await opened.app.close();
  await database.expectNoConnections();
  await database.drop();
  folder.remove();
});

async function open(): Promise<void> {
  opened = await openApp(folder.path, builtWorker(), { env: { PGPASSWORD: database.target.password } });
}

/** Orders a load that waits. */
async function startReview(dryRun = false): Promise<string> {
  const data = join(folder.path, 'data');
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'a.csv'), 'id,v\n1,new\n2,new\n3,new\n');
  const columns = ['id', 'v'].map((name) => ({ name, path: name, type: name === 'id' ? 'integer' : 'text' }));
  const mapping = mappingSchema.parse({
    ...{ version: 1, name: 'm', source: { format: 'csv' } },
    tables: [{ name: 't', key: ['id'], columns }],
  });
  const order = { onError: 'row', batchSize: 20_000, dryRun, skipLoaded: true } as const;
  await opened.client.jobs.start({
    paths: [data],
    mapping,
    connection: refOf(database.target),
    review: true,
    ...order,
  });
  return ended();
}

/** The job's state, when it stands still. */
async function ended(): Promise<string> {
  await rest(await opened.client.jobs.watch({ number: 1 }));
  return (await opened.client.jobs.show({ number: 1 })).job.state;
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.data?.code,
  );

const overwrite = { version: 1, use: 'overwrite' } as const;

test('two windows decide about a load that waited over a restart: the second is told, and nothing unseen is merged', async () => {
  expect(await startReview()).toBe('waiting_for_review');
  rmSync(join(folder.path, 'data'), { recursive: true });
  await opened.app.close();
  await open();
  const { client } = opened;
  const { job } = await client.jobs.show({ number: 1 });
  expect(job).toMatchObject({ actions: ['resume', 'review', 'merge', 'discard'], waiting: { conflicts: 2 } });
  const seen = await client.reviews.get({ job: 1 });
  const page = await client.reviews.page({ job: 1, request: { table: 't', filter: {}, after: 1, limit: 1 } });
  expect(page.conflicts).toMatchObject([
    { number: 2, values: [{ new: '2' }, { new: 'new', old: 'old', result: 'old' }] },
  ]);
  expect((await client.reviews.duplicates({ job: 1, request: { table: 't', after: 0, limit: 9 } })).matching).toBe(0);
  const revision = seen.revision;
  const decided = await client.reviews.resolve({ job: 1, resolutions: overwrite, revision });
  expect(decided.effects).toEqual({ t: { updated: 2, skipped: 0, fails: 0 } });
  expect({
    late: await codeOf(client.reviews.resolve({ job: 1, resolutions: { version: 1 }, revision })),
    unseen: await codeOf(client.jobs.merge({ number: 1, review: seen.summary.id, revision })),
    other: await codeOf(client.jobs.merge({ number: 1, review: crypto.randomUUID() })),
  }).toEqual({ late: 'RESOLUTIONS_STALE', unseen: 'RESOLUTIONS_STALE', other: 'RESOLUTIONS_STALE' });
  const wish = { number: 1, review: seen.summary.id, revision: decided.revision };
  const pressed = await Promise.all([client.jobs.merge(wish), client.jobs.merge(wish)]);
  expect(pressed.map(({ number }) => number)).toEqual([1, 1]);
  expect(await ended()).toBe('succeeded');
  expect(await database.query('select id, v from t order by id')).toEqual([1, 2, 3].map((id) => ({ id, v: 'new' })));
  const { entries } = await client.audit.page({ request: { filter: {}, offset: 0, limit: 50 } });
  expect(entries.map(({ action }) => action)).toEqual(['merged', 'approved', 'resolved', 'checked', 'ordered']);
});

test('a dry run leaves nothing that could wait', async () => {
  expect(await codeOf(startReview(true))).toBe('USAGE');
});

test('a review whose staged rows are gone is told so once, and then the job can be resumed', async () => {
  await startReview();
  const { client } = opened;
  await database.query(
    `do $$ begin execute (select format('drop schema %I cascade', nspname) from pg_namespace where nspname like 'loadstone_load_%'); end $$`,
  );
  expect(await codeOf(client.reviews.get({ job: 1 }))).toBe('REVIEW_GONE');
  expect((await client.jobs.show({ number: 1 })).job.actions).toEqual(['resume', 'discard']);
  expect(await codeOf(client.jobs.merge({ number: 1 }))).toBe('JOB_STATE');
  await client.jobs.resume({ number: 1 });
  expect(await ended()).toBe('waiting_for_review');
  expect((await client.jobs.show({ number: 1 })).job.waiting).toMatchObject({ conflicts: 2 });
});

test('while it merges nobody changes what was decided', async () => {
  await startReview();
  const { client } = opened;
  await database.query(`create function nap() returns trigger language plpgsql as 'begin perform pg_sleep(60); return null; end';
    create trigger nap after insert on t for each statement execute function nap()`);
  await client.jobs.merge({ number: 1 });
  const sleeping = `select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
  await expect.poll(() => database.query(sleeping), { timeout: 30_000 }).toHaveLength(1);
  expect(await codeOf(client.reviews.resolve({ job: 1, resolutions: overwrite }))).toBe('LOAD_LOCKED');
  expect((await client.reviews.get({ job: 1 })).resolutions).toEqual({ version: 1 });
  await client.jobs.cancel({ number: 1 });
  expect(await ended()).toBe('cancelled');
  expect((await client.jobs.show({ number: 1 })).job.actions).toContain('merge');
  await database.query('drop trigger nap on t');
  expect(await client.reviews.resolve({ job: 1, resolutions: overwrite })).toMatchObject({ revision: 2 });
  await client.jobs.merge({ number: 1 });
  expect(await ended()).toBe('succeeded');
  expect(await database.query('select count(*)::int as n from t where v = $1', ['new'])).toEqual([{ n: 3 }]);
});
