import { hostname, userInfo } from 'node:os';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AuditAction } from '#contract/audit-actions';
import { JOB_STATES, JOB_TRANSITIONS, type JobState } from '#contract/jobs';
import { AuditTrail } from '#host/audit/audit-trail';
import { ConnectionStore } from '#host/connections/connection-store';
import { JobStore } from '#host/jobs/job-store';
import { type Ledger, openLedger } from '#host/ledger/ledger';
import { SettingsStore } from '#host/settings-store';
import { SILENT_LOG, testReport, testSpec, testTablesSpec } from '#tests/helpers/host-folder';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;
let trail: AuditTrail;
let store: JobStore;

beforeEach(() => {
  folder = temporaryFolder();
  ledger = openLedger(folder.path, SILENT_LOG);
  trail = new AuditTrail(ledger, 'web');
  store = new JobStore(ledger, undefined, trail);
});
afterEach(() => {
  ledger.close();
  folder.remove();
});

const newLoad = (changes: Parameters<typeof testSpec>[1] = {}) =>
  store.create({ kind: 'load', spec: testSpec(folder.path, changes) });
const all = () => [...trail.entries({})];
const actions = () => all().map(({ action }) => action);

test('tells of a load who ordered it, what was merged from which files, and what an undo took back', () => {
  const { number, loadId } = newLoad({ paths: ['/data/Xã Sông Lam'] });
  store.change(number, 'running');
  store.change(number, 'succeeded', { report: testReport({ digest: 'abc' }) });
  store.change(number, 'undone', { undone: { tables: { t: { removed: 8, restored: 1, conflicts: 1 } }, sample: [] } });
  const common = {
    ...{ user: userInfo().username, host: hostname(), program: 'web', job: number, loadId },
    ...{ connection: 'u@db.test:5432/d', session: null },
  };
  const files = { count: 2, bytes: 100, digest: 'abc' };
  expect(all()).toMatchObject([
    { ...common, action: 'undone', counts: { removed: 8, restored: 1, conflicts: 1 }, files },
    {
      ...common,
      action: 'merged',
      counts: { read: 10, inserted: 8, updated: 1, unchanged: 0, skipped: 0, rejected: 1 },
      files,
      facts: { mapping: 'test', paths: ['/data/Xã Sông Lam'] },
    },
    { ...common, action: 'ordered', files: null, counts: {} },
  ]);
});

test('names a dry run, a retry, a review, an interruption and created tables as what they are', () => {
  const report = testReport();
  const run = (changes: Parameters<typeof testSpec>[1], end: JobState) => {
    const { number } = newLoad(changes);
    store.change(number, 'running');
    store.change(number, end, { report });
    return all()[0]?.action;
  };
  expect(run({ dryRun: true }, 'succeeded')).toBe('tried');
  expect(run({ retry: { loadId: testSpec(folder.path).loadId } }, 'succeeded_with_rejects')).toBe('retried');
  expect(run({}, 'waiting_for_review')).toBe('checked');
  expect(all()[0]?.counts).toEqual({ read: 10, rejected: 1 });
  const { number } = store.create({ kind: 'tables', spec: testTablesSpec({}) });
  store.change(number, 'failed', { error: { code: 'TARGET_MISMATCH', message: 'No.', remedy: '', retryable: false } });
  expect(all()[0]).toMatchObject({ action: 'failed', facts: { code: 'TARGET_MISMATCH', message: 'No.' } });
  newLoad();
  ledger.database.prepare("UPDATE jobs SET host_started = 'another-boot/1' WHERE state = 'queued'").run();
  store.recover();
  store.recover();
  expect(actions().slice(0, 2)).toEqual(['interrupted', 'ordered']);
});

test('has exactly one entry for each change that says something, wherever the job goes, and none for a refused one', () => {
  const silent: readonly JobState[] = ['running', 'cancelling'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...JOB_STATES), { maxLength: 20 }), (wishes) => {
      const before = all().length;
      const { number } = newLoad();
      let state: JobState = 'queued';
      const told: JobState[] = [];
      for (const wish of wishes) {
        if (!JOB_TRANSITIONS[state].includes(wish)) {
          expect(() => store.change(number, wish)).toThrow();
          continue;
        }
        store.change(number, wish);
        state = wish;
        if (!silent.includes(wish)) told.push(wish);
      }
      expect(all()).toHaveLength(before + 1 + told.length);
    }),
    { numRuns: 40 },
  );
});

test('is written with the change it tells of, or neither is', () => {
  const { number } = newLoad();
  ledger.database.exec(`CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
  expect(() => store.change(number, 'cancelled')).toThrow(expect.objectContaining({ code: 'LEDGER_FAILED' }));
  expect(() => newLoad()).toThrow(expect.objectContaining({ code: 'LEDGER_FAILED' }));
  expect(() => new SettingsStore(ledger, SILENT_LOG, trail).change({ pool: 9 })).toThrow('disk full');
  ledger.database.exec('DROP TRIGGER full');
  expect(store.get(number).state).toBe('queued');
  expect(store.list()).toHaveLength(1);
  expect(new SettingsStore(ledger, SILENT_LOG, trail).read().pool).toBe(5);
  expect(actions()).toEqual(['ordered']);
});

test('refuses to be changed, shortened, or written over', () => {
  newLoad();
  newLoad();
  const before = all();
  for (const sql of [
    `UPDATE audit SET os_user = 'somebody else' WHERE id = 1`,
    'UPDATE audit SET at = at',
    'DELETE FROM audit WHERE id = 2',
    'DELETE FROM audit',
    `INSERT OR REPLACE INTO audit (id, at, os_user, os_host, program, action) VALUES (1, '', '', '', '', '')`,
    `INSERT INTO audit (id, at, os_user, os_host, program, action) VALUES (1, '', '', '', '', '')
       ON CONFLICT (id) DO UPDATE SET os_user = ''`,
  ]) {
    expect(() => ledger.database.exec(sql), sql).toThrow('append-only');
  }
  expect(all()).toEqual(before);
});

test('tells which settings and connections changed, from what to what, and no password', () => {
  const settings = new SettingsStore(ledger, SILENT_LOG, trail);
  settings.change({ pool: 7, theme: 'auto' });
  settings.change({ pool: 7 });
  const connections = new ConnectionStore(ledger, SILENT_LOG, trail);
  const ref = { kind: 'server', host: 'h', port: 5432, database: 'd', user: 'u', ssl: 'prefer' } as const;
  const { id } = connections.save({ name: 'Sở', ref, sealed: Buffer.from('open sesame') });
  connections.save({ id, name: 'Sở', ref, sealed: Buffer.from('open sesame') });
  connections.save({ id, name: 'Sở', ref: { ...ref, host: 'i' }, sealed: Buffer.from('another') });
  connections.remove(id);
  expect(all().map(({ action, connection, facts }) => ({ action, connection, facts }))).toEqual([
    { action: 'connection_removed', connection: 'u@i:5432/d', facts: { name: 'Sở' } },
    {
      action: 'connection_changed',
      connection: 'u@i:5432/d',
      facts: {
        name: 'Sở',
        server: { from: 'u@h:5432/d', to: 'u@i:5432/d' },
        ssl: { from: 'prefer', to: 'prefer' },
        password: 'changed',
      },
    },
    { action: 'connection_saved', connection: 'u@h:5432/d', facts: { name: 'Sở', ssl: 'prefer' } },
    { action: 'settings_changed', connection: null, facts: { pool: { from: 5, to: 7 } } },
  ]);
  expect(JSON.stringify(all())).not.toMatch(/sesame|another/);
});

test('is found by action, by words in any case, and by time, page by page, while more is written', () => {
  const first = newLoad({ paths: ['/data/Xã Sông Lam'] });
  const second = newLoad({ paths: ['C:\\data\\b'] });
  store.change(second.number, 'cancelled');
  const find = (filter: Parameters<AuditTrail['entries']>[0]) =>
    [...trail.entries(filter)].map(({ action, job }) => [action, job] as const);
  const cancelled: AuditAction = 'cancelled';
  expect(find({ action: cancelled })).toEqual([['cancelled', second.number]]);
  expect(find({ text: ' SÔNG ' })).toEqual([['ordered', first.number]]);
  expect(find({ text: 'c:\\DATA' })).toEqual([['ordered', second.number]]);
  expect(find({ text: `#${second.number}` })).toHaveLength(2);
  expect(find({ text: first.loadId.slice(0, 13) })).toEqual([['ordered', first.number]]);
  const [{ at = '' } = {}] = all();
  expect(find({ to: at })).not.toContainEqual(['cancelled', second.number]);
  expect(find({ from: new Date(Date.parse(at) + 1).toISOString() })).toEqual([]);
  // The same moment, said in Hanoi's time.
  const inHanoi = new Date(Date.parse(at) + 7 * 3_600_000).toISOString().replace('Z', '+07:00');
  expect(find({ from: inHanoi })).toContainEqual(['cancelled', second.number]);
  const page = trail.page({ filter: {}, offset: 0, limit: 2 });
  newLoad();
  const next = trail.page({ filter: {}, offset: 2, limit: 2, ...(page.upTo !== null && { upTo: page.upTo }) });
  expect([page.matching, next.matching]).toEqual([3, 3]);
  expect([...page.entries, ...next.entries].map(({ id }) => id)).toEqual(['3', '2', '1']);
});
