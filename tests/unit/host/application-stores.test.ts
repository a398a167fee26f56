import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '#contract/api/settings';
import { Connections } from '#host/application/connections';
import { AuditTrail } from '#host/audit/audit-trail';
import { ConnectionStore } from '#host/connections/connection-store';
import { findConnection } from '#host/connections/find-connection';
import { JobList } from '#host/jobs/job-list';
import { JobStore } from '#host/jobs/job-store';
import { type Ledger, openLedger } from '#host/ledger/ledger';
import { encryptedFileBox } from '#host/secrets/encrypted-file-box';
import { noSecretBox } from '#host/secrets/no-secret-box';
import { SettingsStore } from '#host/settings-store';
import { SILENT_LOG, testSpec, testTablesSpec } from '#tests/helpers/host-folder';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const FORM = { host: 'db.test', port: 5432, database: 'd', user: 'u', ssl: 'prefer' } as const;

let folder: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;
const trail = () => new AuditTrail(ledger, 'window');

beforeEach(() => {
  folder = temporaryFolder();
  ledger = openLedger(folder.path, SILENT_LOG);
});
afterEach(() => {
  ledger.close();
  folder.remove();
});

test('settings are kept, and one that cannot be read is as if it were not set', () => {
  const store = new SettingsStore(ledger, SILENT_LOG, trail());
  expect(store.read()).toEqual(DEFAULT_SETTINGS);
  expect(store.change({ language: 'vi', pool: 7 })).toEqual({ ...DEFAULT_SETTINGS, language: 'vi', pool: 7 });
  ledger.database.prepare(`UPDATE settings SET value = '"xx"' WHERE key = 'language'`).run();
  ledger.database.prepare(`INSERT INTO settings VALUES ('fromTheFuture', '1', ''), ('theme', '{', '')`).run();
  expect(store.read()).toEqual({ ...DEFAULT_SETTINGS, pool: 7 });
});

test('where nothing can be opened, the password typed in this run goes before one that was sealed earlier', async () => {
  const store = new ConnectionStore(ledger, SILENT_LOG, trail());
  await new Connections(store, encryptedFileBox('key')).save(undefined, { name: 'a', ...FORM, password: 'old' });
  const connections = new Connections(store, noSecretBox());
  await expect(connections.passwordFor({ kind: 'server', ...FORM })).rejects.toMatchObject({
    code: 'SECRETS_UNAVAILABLE',
  });
  await connections.save(undefined, { name: 'b', ...FORM, password: 'new' });
  expect(await connections.passwordFor({ kind: 'server', ...FORM })).toBe('new');
});

test('a saved password is encrypted at rest, found by its login, and opened by the command line', async () => {
  const connections = new Connections(new ConnectionStore(ledger, SILENT_LOG, trail()), encryptedFileBox('key'));
  const saved = await connections.save(undefined, { name: 'Sở', ...FORM, password: 'open sesame' });
  expect(saved).toEqual({ id: saved.id, name: 'Sở', ref: { kind: 'server', ...FORM }, password: 'stored' });
  expect(await connections.passwordFor({ kind: 'server', ...FORM, ssl: 'require' })).toBe('open sesame');
  expect(await connections.passwordFor({ kind: 'server', ...FORM, user: 'v' })).toBeUndefined();
  for (const name of ['ledger.db', 'ledger.db-wal']) {
    expect(readFileSync(join(folder.path, name)).includes('open sesame')).toBe(false);
  }
  const { ref } = saved;
  expect(await findConnection(folder.path, ' SỞ ', { LOADSTONE_SECRET_KEY: 'key' })).toEqual({
    ref,
    password: 'open sesame',
  });
  expect(await findConnection(folder.path, 'sở', {})).toEqual({ ref, note: expect.stringContaining('PGPASSWORD') });
  await expect(findConnection(folder.path, 'else', {})).rejects.toMatchObject({
    code: 'CONNECTION_NOT_FOUND',
    message: expect.stringContaining('"Sở"'),
  });
});

test('the command line names the keychain when the password lies there', async () => {
  const keychain = { ...encryptedFileBox('k'), kind: 'keychain' as const, seal: async () => Buffer.from('v10…') };
  const connections = new Connections(new ConnectionStore(ledger, SILENT_LOG, trail()), keychain);
  await connections.save(undefined, { name: 'a', ...FORM, password: 'p' });
  const { note } = await findConnection(folder.path, 'a', { LOADSTONE_SECRET_KEY: 'k' });
  expect(note).toContain('keychain');
});

test('without a place for secrets a password lives as long as this run', async () => {
  const open = () => new Connections(new ConnectionStore(ledger, SILENT_LOG, trail()), noSecretBox());
  const connections = open();
  const { id } = await connections.save(undefined, { name: 'a', ...FORM, password: 'p' });
  expect(connections.list()).toMatchObject([{ id, password: 'session' }]);
  expect(await connections.passwordOf(id)).toBe('p');
  expect((await connections.save(id, { name: 'b', ...FORM })).password).toBe('session');
  expect(open().list()).toMatchObject([{ id, name: 'b', password: 'none' }]);
  expect((await connections.save(id, { name: 'b', ...FORM, password: '' })).password).toBe('none');
});

test('names are taken in any case, and what is removed is gone', async () => {
  const connections = new Connections(new ConnectionStore(ledger, SILENT_LOG, trail()), noSecretBox());
  const { id } = await connections.save(undefined, { name: 'Đất', ...FORM });
  await expect(connections.save(undefined, { name: 'ĐẤT', ...FORM })).rejects.toMatchObject({
    code: 'CONNECTION_NAME_TAKEN',
  });
  expect((await connections.save(id, { name: 'ĐẤT', ...FORM })).name).toBe('ĐẤT');
  connections.remove(id);
  expect(connections.list()).toEqual([]);
  expect(() => connections.remove(id)).toThrow(expect.objectContaining({ code: 'CONNECTION_NOT_FOUND' }));
  await expect(connections.save(id, { name: 'x', ...FORM })).rejects.toMatchObject({ code: 'CONNECTION_NOT_FOUND' });
});

test('jobs are found by state, by text in any case, and page by page', () => {
  const store = new JobStore(ledger);
  const list = new JobList(ledger, () => true);
  const [first, second, third] = [
    store.create({ kind: 'load', spec: testSpec(folder.path, { paths: ['/data/Xã Sông Lam'] }) }).number,
    store.create({
      kind: 'load',
      spec: testSpec(folder.path, { paths: ['/data/b'], connection: { kind: 'embedded' }, dryRun: true }),
    }).number,
    store.create({ kind: 'load', spec: testSpec(folder.path, { paths: ['/data/Xã Sông Lam'] }) }).number,
  ];
  store.change(second, 'running');
  store.change(second, 'succeeded');
  store.change(third, 'cancelled');
  const found = (filter: Partial<Parameters<JobList['find']>[0]>) => {
    const { jobs, total } = list.find({ limit: 50, ...filter });
    return [jobs.map(({ number }) => number), total];
  };
  expect(found({})).toEqual([[third, second, first], 3]);
  expect(found({ text: 'SÔNG' })).toEqual([[third, first], 2]);
  expect(found({ text: 'embedded' })).toEqual([[second], 1]);
  expect(found({ text: 'DB.TEST' })).toEqual([[third, first], 2]);
  expect(found({ text: '%' })).toEqual([[], 0]);
  expect(found({ states: ['succeeded', 'cancelled'], limit: 1 })).toEqual([[third], 2]);
  expect(found({ before: second })).toEqual([[first], 3]);
  expect([first, second, third].map((number) => list.get(number).actions)).toEqual([
    ['cancel'],
    [],
    ['resume', 'discard'],
  ]);
  const tables = store.create({ kind: 'tables', spec: testTablesSpec() }).number;
  expect(list.get(tables)).toMatchObject({ kind: 'tables', paths: [], dryRun: false, rows: null, rejects: null });
  store.change(tables, 'running');
  store.change(tables, 'succeeded');
  expect(list.get(tables).actions, 'tables are not taken back').toEqual([]);
  expect(list.recentSources().map(({ paths }) => paths)).toEqual([['/data/Xã Sông Lam'], ['/data/b']]);
});

test('a job that another version wrote is listed, but not run half-understood', () => {
  const store = new JobStore(ledger);
  const { number } = store.create({ kind: 'load', spec: testSpec(folder.path) });
  store.change(number, 'cancelled');
  ledger.database.prepare(`UPDATE jobs SET spec = json_set(spec, '$.onError', 'guess') WHERE number = ?`).run(number);
  expect(new JobList(ledger, () => false).get(number).state).toBe('cancelled');
  expect(() => store.change(number, 'queued')).toThrow(expect.objectContaining({ code: 'LEDGER_FAILED' }));
  expect(store.get(number).state).toBe('cancelled');
});
