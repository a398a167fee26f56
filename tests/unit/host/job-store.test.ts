import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { JOB_STATES, JOB_TRANSITIONS, type JobState } from '#contract/jobs';
import { JobStore } from '#host/jobs/job-store';
import { type Ledger, openLedger } from '#host/ledger/ledger';
import { sql as firstForm } from '#host/ledger/migrations/0001-jobs';
import { SILENT_LOG, testSpec, testTablesSpec } from '#tests/helpers/host-folder';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
const ledgers: Ledger[] = [];

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => {
  for (const ledger of ledgers.splice(0)) ledger.close();
  folder.remove();
});

function open(home = folder.path): { ledger: Ledger; store: JobStore } {
  const ledger = openLedger(home, SILENT_LOG);
  ledgers.push(ledger);
  return { ledger, store: new JobStore(ledger) };
}

describe('the job store', () => {
  test('keeps a job over a restart', () => {
    const spec = testSpec(folder.path);
    const first = open();
    const { number } = first.store.create({ kind: 'load', spec });
    first.store.change(number, 'running');
    const error = { code: 'SERVER_LOST', message: 'Lost.', remedy: 'Resume.', retryable: true } as const;
    first.store.change(number, 'failed', { error });
    first.ledger.close();
    ledgers.length = 0;
    const { store } = open();
    expect(store.get(number)).toMatchObject({
      number: 1,
      loadId: spec.loadId,
      state: 'failed',
      spec,
      error,
      report: null,
    });
    expect(store.events(number).map(({ event }) => event)).toEqual(['queued', 'running', 'failed']);
  });

  test('goes from any state exactly where the contract allows, and leaves the rest untouched', () => {
    const { store } = open();
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...JOB_STATES), { maxLength: 25 }), (wishes) => {
        const { number } = store.create({ kind: 'load', spec: testSpec(folder.path) });
        let state: JobState = 'queued';
        for (const wish of wishes) {
          const before = store.get(number);
          if (JOB_TRANSITIONS[state].includes(wish)) {
            expect(store.change(number, wish).state).toBe(wish);
            state = wish;
          } else {
            expect(() => store.change(number, wish)).toThrow(expect.objectContaining({ code: 'JOB_STATE' }));
            expect(store.get(number)).toEqual(before);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('forgets the error of the last run when the job starts again', () => {
    const { store } = open();
    const { number } = store.create({ kind: 'load', spec: testSpec(folder.path) });
    const error = { code: 'INTERNAL', message: 'x', remedy: 'y', retryable: false } as const;
    store.change(number, 'failed', { error });
    expect(store.change(number, 'queued')).toMatchObject({ state: 'queued', error: null, endedAt: null });
  });

  test('lets a claimed job only end in its action', () => {
    const { store } = open();
    const { number } = store.create({ kind: 'load', spec: testSpec(folder.path) });
    store.change(number, 'failed');
    store.claim(number, 'discard');
    expect(store.get(number)).toMatchObject({ state: 'failed', busyWith: 'discard' });
    for (const attempt of [() => store.claim(number, 'discard'), () => store.change(number, 'queued')]) {
      expect(attempt).toThrow(expect.objectContaining({ code: 'JOB_STATE', retryable: true }));
    }
    store.unclaim(number);
    expect(store.get(number).busyWith).toBeNull();
    store.claim(number, 'discard');
    expect(store.change(number, 'discarded').state).toBe('discarded');
  });

  test('keeps jobs of either kind beside each other, each with its own order', () => {
    const { store } = open();
    const [load, tables] = [testSpec(folder.path), testTablesSpec({ ddl: 'create table t ()' })];
    const first = store.create({ kind: 'load', spec: load });
    const second = store.create({ kind: 'tables', spec: tables });
    store.change(second.number, 'cancelled');
    expect(store.change(second.number, 'queued')).toMatchObject({ kind: 'tables', spec: tables });
    expect(store.list().map(({ number, kind, loadId }) => [number, kind, loadId])).toEqual([
      [second.number, 'tables', tables.tablesId],
      [first.number, 'load', load.loadId],
    ]);
  });

  test('does not start an order that holds what its kind does not allow, or a kind that it does not know', () => {
    const { store, ledger } = open();
    const { number } = store.create({
      kind: 'tables',
      spec: testTablesSpec({ policy: 'freeze', ddl: 'drop table t' }),
    });
    store.change(number, 'failed');
    const refused = expect.objectContaining({ code: 'LEDGER_FAILED' });
    expect(() => store.change(number, 'queued')).toThrow(refused);
    ledger.database.exec(`UPDATE jobs SET kind = 'export'`);
    expect(() => store.change(number, 'queued')).toThrow(refused);
  });

  test('says which job is unknown', () => {
    expect(() => open().store.get(99)).toThrow(expect.objectContaining({ code: 'JOB_NOT_FOUND' }));
  });

  test('tells a process from a later one with the same pid', () => {
    const { store, ledger } = open();
    const { number } = store.create({ kind: 'load', spec: testSpec(folder.path) });
    expect(store.recover()).toEqual([]);
    ledger.database.prepare("UPDATE jobs SET host_started = 'another-boot/1'").run();
    expect(store.recover()).toEqual([number]);
    expect(store.get(number).state).toBe('interrupted');
  });
});

describe('the ledger', () => {
  test('that is damaged is set aside with a warning, and a new one begun', () => {
    open().store.create({ kind: 'load', spec: testSpec(folder.path) });
    for (const ledger of ledgers.splice(0)) ledger.close();
    const path = join(folder.path, 'ledger.db');
    writeFileSync(path, 'this was a database once, but no longer is one '.repeat(200));
    const lines: string[] = [];
    const ledger = openLedger(folder.path, pino({}, { write: (line: string) => void lines.push(line) }));
    ledgers.push(ledger);
    expect(new JobStore(ledger).list()).toEqual([]);
    expect(readdirSync(folder.path).some((name) => name.startsWith('ledger.db.damaged-'))).toBe(true);
    expect(lines.join()).toContain('set aside');
  });

  test('of the first version keeps its jobs, which are loads', () => {
    const spec = testSpec(folder.path);
    const old = new Sqlite(join(folder.path, 'ledger.db'));
    old.exec(firstForm);
    old.pragma('user_version = 1');
    old
      .prepare(
        `INSERT INTO jobs (load_id, kind, state, spec, created_at) VALUES (?, 'load', 'failed', ?, '2026-01-01T00:00:00Z')`,
      )
      .run(spec.loadId, JSON.stringify(spec));
    old.close();
    const { store } = open();
    expect(store.get(1)).toMatchObject({ kind: 'load', loadId: spec.loadId, state: 'failed', spec });
    expect(store.change(1, 'queued').state).toBe('queued');
    expect(store.create({ kind: 'tables', spec: testTablesSpec() }).number).toBe(2);
  });

  test('of a newer version is refused and left alone', () => {
    open().ledger.database.pragma('user_version = 99');
    expect(() => open()).toThrow(
      expect.objectContaining({ code: 'LEDGER_FAILED', message: expect.stringContaining('99') }),
    );
    expect(readdirSync(folder.path).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  test('that another process keeps locked is an error that says so', () => {
    const other = new Sqlite(open().ledger.path);
    other.exec('BEGIN EXCLUSIVE');
    const store = new JobStore(ledgers[0]!);
    ledgers[0]!.database.pragma('busy_timeout = 50');
    expect(() => store.create({ kind: 'load', spec: testSpec(folder.path) })).toThrow(
      expect.objectContaining({ code: 'LEDGER_FAILED', retryable: true, message: expect.stringContaining('locked') }),
    );
    other.close();
  });

  test('in a folder that cannot be made is an error naming it', () => {
    const blocked = join(folder.path, 'file');
    writeFileSync(blocked, '');
    expect(() => open(join(blocked, 'home'))).toThrow(
      expect.objectContaining({ code: 'LEDGER_FAILED', message: expect.stringContaining(blocked) }),
    );
  });

  test('is readable by its owner alone, also in a folder that others may enter', () => {
    const ledger = openLedger(folder.path, SILENT_LOG);
    ledgers.push(ledger);
    const files = readdirSync(folder.path).filter((name) => name.startsWith('ledger.db'));
    expect(files.map((name) => statSync(join(folder.path, name)).mode & 0o777)).toEqual(files.map(() => 0o600));
  });

  test('lies in a folder that only its owner may enter', () => {
    const home = join(folder.path, 'private');
    open(home);
    expect(statSync(home).mode & 0o777).toBe(0o700);
  });
});
