import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ConnectionRef } from '#contract/connection';
import type { JobProgress } from '#contract/jobs';
import { type MappingInput, mappingSchema } from '#contract/mapping';
import type { TablesSpec } from '#contract/tables-plan';
import type { Host } from '#host/host-types';
import { openHost } from '#host/job-host';
import { builtWorker } from '#tests/helpers/built-worker';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { SILENT_LOG } from '#tests/helpers/host-folder';
import { mappingOf, table } from '#tests/helpers/load-bench';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

/** Tables as a job of a host, on a real worker over a real server. */
let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;
let host: Host;

beforeEach(async () => {
  folder = temporaryFolder();
  database = await createDatabase(embeddedServer());
  host = await open();
});
afterEach(async () => {
  await host.close();
  await database.expectNoConnections();
  await database.drop();
  folder.remove();
});

function open(): Promise<Host> {
  return openHost({
    home: join(folder.path, 'home'),
    workerEntry: builtWorker(),
    log: SILENT_LOG,
    timing: { progressMs: 10 },
    resolveTarget: async () => database.target,
  });
}

const PARENT = table('p', { id: 'integer' }, { key: ['id'] });
const CHILD = { ...table('t', { id: 'integer', p: 'integer' }, { key: ['id'] }), references: [reference('p')] };

function reference(to: string) {
  return { columns: [to], table: to, on: ['id'] };
}

function spec(input: MappingInput = mappingOf(PARENT, CHILD), changes: Partial<TablesSpec> = {}): TablesSpec {
  const { host, port, database: name, user } = database.target;
  const connection: ConnectionRef = { kind: 'server', host, port, database: name, user, ssl: 'disable' };
  return { tablesId: randomUUID(), mapping: mappingSchema.parse(input), connection, policy: 'evolve', ...changes };
}

const SLEEPING = 'create table p (id integer primary key);\nselect pg_sleep(60);\n';

async function tables(): Promise<readonly unknown[]> {
  const rows = await database.query(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** A backend that runs the long statement. */
async function sleeper(): Promise<number> {
  for (;;) {
    const [row] = await database.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`,
    );
    if (row !== undefined) return row.pid;
    await sleep(20);
  }
}

const eventsOf = (number: number) => host.showJob(number).events.map(({ event }) => event);

test('creates what is missing, tells of each statement, and keeps what it did', async () => {
  const handle = host.startTables(spec());
  const told: JobProgress[] = [];
  handle.onProgress((progress) => told.push(progress));
  const { state, report } = await handle.done;
  expect({ state, created: report?.created, existing: report?.existing, edited: report?.edited }).toEqual({
    state: 'succeeded',
    created: ['p', 't'],
    existing: [],
    edited: false,
  });
  expect(await tables()).toEqual(['p', 't']);
  const total = report?.ddl.length;
  expect(told.at(-1)).toMatchObject({ phase: 'create', statements: { done: total, total } });
  expect(host.showJob(1).job).toMatchObject({ kind: 'tables', state: 'succeeded', report, error: null });
  expect(eventsOf(1)).toEqual(['queued', 'running', 'succeeded']);
  await expect(host.undo(1)).rejects.toMatchObject({ code: 'JOB_STATE' });
});

test('what is refused fails with every reason and changes nothing; after a change it runs again', async () => {
  await database.query('create table t (id integer primary key, p date)');
  const outcome = await host.startTables(spec()).done;
  expect(outcome).toMatchObject({
    state: 'failed',
    error: {
      code: 'TARGET_MISMATCH',
      message: expect.stringContaining('t (p) has type date, the mapping wants integer'),
    },
  });
  expect(await tables()).toEqual(['t']);
  await database.query('drop table t');
  expect(await host.resume(1).done).toMatchObject({
    kind: 'tables',
    state: 'succeeded',
    report: { created: ['p', 't'] },
  });
  expect(host.showJob(1).job.error).toBeNull();
});

test('one click in the middle of a long script ends the statement and takes everything back', async () => {
  const handle = host.startTables(spec(mappingOf(PARENT), { ddl: SLEEPING }));
  await sleeper();
  handle.cancel();
  const { state, progress } = await handle.done;
  expect({ state, statements: progress.statements, tables: await tables() }).toEqual({
    state: 'cancelled',
    statements: { done: 1, total: 2 },
    tables: [],
  });
  await host.discard(1);
  expect(host.showJob(1).job.state).toBe('discarded');
  expect(() => host.resume(1)).toThrow(expect.objectContaining({ code: 'JOB_STATE' }));
});

test('two clicks kill the worker and its backend with it', async () => {
  const handle = host.startTables(spec(mappingOf(PARENT), { ddl: SLEEPING }));
  await sleeper();
  handle.cancel();
  handle.cancel();
  expect((await handle.done).state).toBe('cancelled');
  await host.close();
  await database.expectNoConnections();
  expect(await tables()).toEqual([]);
  host = await open();
});

test('a worker whose connection is ended fails the job, which is not run twice by itself, and nothing is created', async () => {
  const handle = host.startTables(spec(mappingOf(PARENT), { ddl: SLEEPING }));
  await database.query('select pg_terminate_backend($1)', [await sleeper()]);
  expect(await handle.done).toMatchObject({ state: 'failed', error: { retryable: true } });
  expect(await tables()).toEqual([]);
});

test('a script with a fault says the line of the fault, and nothing is created', async () => {
  const ddl = 'create table p (\n  id integer primary key\n);\n\ncreate table t (\n  id integer,\n  p nonsense\n);\n';
  const { error } = await host.startTables(spec(undefined, { ddl })).done;
  expect(error?.message).toBe('Could not run line 7 of the DDL: type "nonsense" does not exist (SQLSTATE 42704).');
  expect(await tables()).toEqual([]);
});

test('what a script sets does not reach what comes after it, in the job and in the pool', async () => {
  await database.query('create schema other');
  const ddl = `set search_path = other; set datestyle = 'German'; select pg_advisory_lock(77);
    create role "tables_${database.target.database}"; grant create on schema public to "tables_${database.target.database}";
    set session authorization "tables_${database.target.database}"; create table public.p (id integer primary key);`;
  const outcome = await host.startTables(spec(mappingOf(PARENT), { ddl })).done;
  expect(outcome).toMatchObject({ state: 'succeeded', report: { edited: true, created: ['p'] } });
  await database.expectNoConnections();
  expect(
    await database.query(
      `select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    ),
  ).toEqual([]);
  await database.query(`drop owned by "tables_${database.target.database}" cascade`);
  await database.query(`drop role "tables_${database.target.database}"`);
});
