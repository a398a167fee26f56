import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ConnectionRef } from '#contract/connection';
import { mappingSchema } from '#contract/mapping';
import { builtWorker } from '#tests/helpers/built-worker';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { mappingOf, table } from '#tests/helpers/load-bench';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { type OpenApp, openApp, rest } from './open-app.ts';

/** Tables as windows order them, made by a real worker on a real server. */
let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;
let opened: OpenApp;

beforeEach(async () => {
  folder = temporaryFolder();
  database = await createDatabase(embeddedServer());
  opened = await openApp(folder.path, builtWorker(), { env: { PGPASSWORD: database.target.password ?? '' } });
});
afterEach(async () => {
  await opened.app.close();
  await database.expectNoConnections();
  await database.drop();
  folder.remove();
});

function order(changes: { readonly ddl?: string; readonly policy?: 'evolve' | 'freeze' } = {}) {
  const { host, port, database: name, user } = database.target;
  const connection: ConnectionRef = { kind: 'server', host, port, database: name, user, ssl: 'disable' };
  const mapping = mappingSchema.parse(mappingOf(table('t', { id: 'integer', x: 'text' }, { key: ['id'] })));
  return { tablesId: randomUUID(), mapping, connection, policy: 'evolve' as const, ...changes };
}

test('the same order twice, at once or later, is one job, which its watchers hear to its end', async () => {
  const { client } = opened;
  const wish = order();
  const [first, second] = await Promise.all([client.tables.create(wish), client.tables.create(wish)]);
  expect([first, second]).toMatchObject([
    { number: 1, kind: 'tables', state: 'queued', actions: ['cancel'] },
    { number: 1 },
  ]);
  const events = await rest(await client.jobs.watch({ number: 1 }));
  const details = events.flatMap((event) => ('detail' in event ? [event.detail] : []));
  expect(details.at(-1)).toMatchObject({
    job: { kind: 'tables', state: 'succeeded', loadId: wish.tablesId, paths: [], rows: null, actions: [] },
    report: null,
    tables: { policy: 'evolve', ddl: null, report: { created: ['t'], edited: false } },
  });
  expect(await client.tables.create({ ...wish, tablesId: wish.tablesId.toUpperCase() })).toMatchObject({ number: 1 });
  expect((await client.jobs.list({ limit: 10 })).total).toBe(1);
  const { connection, mapping, policy } = wish;
  expect(await client.tables.plan({ connection, request: { mapping, policy } })).toMatchObject({
    state: 'equal',
    filled: [],
  });
});

test('a job’s command runs an edited script from a file; rejects of it there are none to ask for', async () => {
  const { client } = opened;
  const ddl = 'create table t (id integer primary key, x text);\n';
  await client.tables.create(order({ ddl }));
  await rest(await client.jobs.watch({ number: 1 }));
  const { command, tables } = await client.jobs.show({ number: 1 });
  expect(tables).toMatchObject({ ddl, report: { edited: true } });
  expect(command).toContain(`--ddl ${join(folder.path, 'home', 'mappings', 'test-')}`);
  const request = { filter: {}, offset: 0, limit: 10, sort: { by: 'place', descending: false } } as const;
  await expect(client.rejects.page({ job: 1, request })).rejects.toMatchObject({ data: { code: 'JOB_STATE' } });
});

test('an order that contradicts itself is no job', async () => {
  const { client } = opened;
  await expect(client.tables.create(order({ policy: 'freeze', ddl: 'drop table t' }))).rejects.toMatchObject({
    data: { code: 'USAGE', message: expect.stringContaining('freeze') },
  });
  expect((await client.jobs.list({ limit: 10 })).total).toBe(0);
});
