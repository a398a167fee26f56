import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPreset } from '#contract/presets';
import { closeClient, openClient } from '#engine/postgres/client';
import { embeddedStatus } from '#engine/postgres/embedded/embedded';
import { encryptedFileBox } from '#host/secrets/encrypted-file-box';
import { builtWorker } from '#tests/helpers/built-worker';
import { createDatabase, embeddedServer } from '#tests/helpers/database';
import { removeEmbedded } from '#tests/helpers/embedded-home';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { type OpenApp, openApp, rest } from './open-app.ts';

/** What windows ask and order, answered by real workers over real servers. */
const EXAMPLE = join(import.meta.dirname, '../../../examples/land-records');
const EMBEDDED = { kind: 'embedded' } as const;

let folder: ReturnType<typeof temporaryFolder>;
let opened: OpenApp | undefined;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await opened?.app.close();
  opened = undefined;
  await removeEmbedded(join(folder.path, 'home'));
  folder.remove();
});

async function open(changes: Parameters<typeof openApp>[2] = {}): Promise<OpenApp> {
  opened = await openApp(folder.path, builtWorker(), changes);
  return opened;
}

function landRecords() {
  const mapping = findPreset('vn-land-records');
  if (!mapping) throw new Error('the preset is gone');
  return mapping;
}

const load = (connection: typeof EMBEDDED) => ({
  ...{ paths: [EXAMPLE], mapping: landRecords(), connection },
  ...{ onError: 'row' as const, batchSize: 20_000, dryRun: false, skipLoaded: true },
});

test('a new user looks at the example, loads it, looks at the rows, and takes it back; closing stops the server', async () => {
  const { app, client } = await open();
  const { paths, mapping } = load(EMBEDDED);
  expect(await client.sources.scan({ paths: [...paths], mapping })).toMatchObject({ files: expect.any(Number) });
  const request = { paths, mapping, rows: 5 };
  const previewed = await rest(await client.previews.run({ connection: EMBEDDED, request }));
  const last = previewed.at(-1);
  expect(last).toMatchObject({ type: 'report', report: { ddl: expect.any(Array) } });
  await client.jobs.start(load(EMBEDDED));
  const events = await rest(await client.jobs.watch({ number: 1 }));
  const detail = events.flatMap((event) => ('detail' in event ? [event.detail] : [])).at(-1);
  expect(detail?.job).toMatchObject({ actions: ['undo'], rows: expect.any(Number) });
  expect(detail?.command).toContain(`load ${EXAMPLE} --mapping vn-land-records --workers`);
  const { schemas } = await client.tables.list({ connection: EMBEDDED });
  const tables = schemas.find(({ name }) => name === 'public')?.tables.map(({ name }) => name) ?? [];
  expect(tables).toContain('thuadat');
  const table = { schema: 'public', table: 'thuadat' };
  expect((await client.tables.describe({ connection: EMBEDDED, table })).key.length).toBeGreaterThan(0);
  const page = await client.tables.rows({ connection: EMBEDDED, request: { ...table, offset: 0, limit: 3 } });
  expect(page.rows).toHaveLength(3);
  const rejects = { offset: 0, limit: 10, sort: { by: 'place', descending: false }, filter: {} } as const;
  expect((await client.rejects.page({ job: 1, request: rejects })).total).toBe(detail?.report?.rejects.sample.length);
  const exported = await client.rejects.export({ job: 1, filter: {} });
  expect(exported).toMatchObject({ download: '/downloads/once/rejects-of-job-1.csv' });
  expect(Object.keys((await client.jobs.undo({ number: 1 }))?.tables ?? {})).toContain('thuadat');
  await app.close();
  expect((await embeddedStatus({ home: join(folder.path, 'home') })).state).toBe('stopped');
});

test('an embedded server that was killed starts again at the next question', async () => {
  const { client } = await open();
  const list = () => client.tables.list({ connection: EMBEDDED });
  const { serverVersion } = await list();
  const home = join(folder.path, 'home');
  const { target } = await embeddedStatus({ home });
  const lock = join(target?.host ?? '', `.s.PGSQL.${target?.port}.lock`);
  process.kill(Number(readFileSync(lock, 'utf8').split('\n')[0]), 'SIGKILL');
  await expect.poll(async () => (await embeddedStatus({ home })).state).not.toBe('running');
  expect((await list()).serverVersion).toBe(serverVersion);
});

test('a server that ran before is left running', async () => {
  const home = join(folder.path, 'home');
  const first = await open();
  await first.client.tables.list({ connection: EMBEDDED });
  const second = await openApp(folder.path, builtWorker());
  // The lock says seconds: what started in the same one might be its own.
  await expect.poll(() => Math.floor(Date.now() / 1000) > startOf(home), { timeout: 5_000 }).toBe(true);
  await second.client.tables.list({ connection: EMBEDDED });
  await second.app.close();
  expect((await embeddedStatus({ home })).state).toBe('running');
});

test('a saved password opens a server, a wrong one is a finding, and neither stands in the ledger', async () => {
  await using database = await createDatabase(embeddedServer());
  const { password = '', timeZone: _, ...place } = database.target;
  const { client } = await open({ secrets: encryptedFileBox('key') });
  const { name: __, ...server } = { name: 'a', ...place, ssl: 'disable' as const };
  expect(await client.connections.test({ form: { ...server, password } })).toMatchObject({ ok: true, mayLoad: true });
  expect(await client.connections.test({ form: { ...server, password: 'wrong' } })).toMatchObject({
    ok: false,
    fault: 'wrong_password',
  });
  expect(await client.connections.test({ form: server })).toMatchObject({ ok: false, fault: 'password_missing' });
  const { id, ref } = await client.connections.save({ form: { name: 'a', ...server, password } });
  expect(await client.connections.test({ id, form: server })).toMatchObject({ ok: true });
  expect(await client.connections.test({ ref })).toMatchObject({ ok: true });
  expect((await client.tables.list({ connection: ref })).database).toBe(place.database);
  expect(await client.connections.list()).toMatchObject([{ id, password: 'stored' }]);
  expect(readFileSync(join(folder.path, 'home', 'ledger.db-wal')).includes(password)).toBe(false);
  await client.connections.remove({ id });
  expect(await client.connections.test({ ref })).toMatchObject({ ok: false, fault: 'password_missing' });
});

test('nobody waits behind a preview, and a preview that its page leaves is cancelled', async () => {
  await using database = await createDatabase(embeddedServer());
  const { password, host, port, user } = database.target;
  const { app, client } = await open({ env: { PGPASSWORD: password } });
  const at = (name: string) => ({ kind: 'server' as const, host, port, user, database: name, ssl: 'disable' as const });
  const connection = at(database.target.database);
  await client.jobs.start({ ...load(EMBEDDED), connection });
  await rest(await client.jobs.watch({ number: 1 }));
  const holder = await openClient(database.target, { applicationName: 'holder' });
  await holder.query('begin; lock table public.thuadat in access exclusive mode');
  const { paths, mapping } = load(EMBEDDED);
  const previews = await Promise.all(
    [1, 2, 3].map(async () => client.previews.run({ connection, request: { paths, mapping, rows: 1 } })),
  );
  const ends = previews.map((preview) => rest(preview));
  const blocked = 'select 1 from pg_locks where not granted';
  await expect.poll(() => database.query(blocked), { timeout: 20_000 }).toHaveLength(1);
  const [listing, test, scan] = await Promise.all([
    client.tables.list({ connection: at('postgres') }),
    client.connections.test({ ref: connection }),
    client.sources.scan({ paths: [...paths], mapping }),
  ]);
  expect([listing.database, test.ok, scan.files > 0]).toEqual(['postgres', true, true]);
  await Promise.all(previews.map((preview) => preview.return?.()));
  expect((await Promise.all(ends)).flat().filter(({ type }) => type === 'report')).toEqual([]);
  await expect.poll(() => database.query(blocked), { timeout: 20_000 }).toHaveLength(0);
  await closeClient(holder);
  await app.close();
  await database.expectNoConnections();
});

function startOf(home: string): number {
  const note = readFileSync(join(home, 'postgres-location'), { encoding: 'utf8', flag: 'a+' }).trim();
  return Number(readFileSync(join(note || join(home, 'postgres'), 'data', 'postmaster.pid'), 'utf8').split('\n')[2]);
}
