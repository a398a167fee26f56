import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ConnectionRef, ConnectionTarget } from '#contract/connection';
import { mappingSchema } from '#contract/mapping';
import type { InquiryKind, StageProgress, TaskOf, TaskResults } from '#contract/worker-messages';
import { CancelSwitch, isCancelled } from '#host/cancel-switch';
import { childProcessStarter } from '#host/child-process-starter';
import { LeasePool } from '#host/leases';
import { Supervisor } from '#host/supervisor';
import { builtWorker } from '#tests/helpers/built-worker';
import { embeddedServer } from '#tests/helpers/database';
import { QUICK_TIMING, SILENT_LOG } from '#tests/helpers/host-folder';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

/** Inquiries as the host asks them: of a worker process, over a lease. */
const bench = loadBench(embeddedServer());
const mapping = mappingSchema.parse(mappingOf(table('t', { id: 'integer' }, { key: ['id'] })));
let worker: Supervisor | undefined;
let pool: LeasePool;
let cancel: CancelSwitch;
/** How the worker is told to reach the server. */
let reached: ConnectionTarget;

beforeEach(() => {
  reached = bench.database.target;
  cancel = new CancelSwitch();
  pool = new LeasePool({ budget: 2, orphanMs: 60_000 });
  worker = new Supervisor({
    holder: { job: 0, worker: 'inquiries' },
    entry: builtWorker(),
    starter: childProcessStarter(),
    timing: { ...QUICK_TIMING, readyMs: 30_000, silentMs: 30_000, pingEveryMs: 1_000, graceMs: 20_000 },
    leases: { pool, resolveTarget: async () => reached, timeoutMs: 5_000 },
    log: SILENT_LOG,
  });
});
afterEach(async () => await worker?.stop());

function connection(): ConnectionRef {
  const { host, port, database, user } = bench.database.target;
  return { kind: 'server', host, port, database, user, ssl: 'disable' };
}

const ask = <K extends InquiryKind>(task: TaskOf<K>, onProgress = (_: StageProgress): void => undefined) =>
  (worker as Supervisor).run<K>(task, { cancel, onProgress }) as Promise<TaskResults[K]>;
const leased = () => pool.heldBy(0);

test('what needs no server is asked without a lease', async () => {
  using home = temporaryFolder();
  bench.write({ 'a.xml': document(element('t', { id: 1 })) });
  const server = { ...connection(), passwordVariable: 'A_VARIABLE_THAT_IS_NOT_SET' } as ConnectionRef;
  const { target } = bench.database;
  expect([
    await ask<'source.scan'>({ kind: 'source.scan', paths: [bench.folder], mapping }),
    await ask<'server.resolve'>({ kind: 'server.resolve', server, home: home.path, password: 'known' }),
    await ask<'server.test'>({ kind: 'server.test', target }),
    await ask<'server.test'>({ kind: 'server.test', target: { ...target, database: 'not_there' } }),
    await ask<'embedded.stop'>({ kind: 'embedded.stop', home: home.path }),
    leased(),
  ]).toMatchObject([
    { files: 1 },
    { host: target.host, database: target.database, password: 'known' },
    { ok: true, mayLoad: true },
    { ok: false, fault: 'no_database' },
    false,
    0,
  ]);
  await expect(ask<'server.resolve'>({ kind: 'server.resolve', server, home: home.path })).rejects.toMatchObject({
    code: 'PASSWORD_MISSING',
  });
});

test('the embedded server is started, greeted and stopped', async () => {
  using home = temporaryFolder();
  const target = await ask<'server.resolve'>({
    kind: 'server.resolve',
    server: { kind: 'embedded' },
    home: home.path,
  });
  try {
    expect(await ask<'server.test'>({ kind: 'server.test', target })).toMatchObject({ ok: true });
  } finally {
    expect(await ask<'embedded.stop'>({ kind: 'embedded.stop', home: home.path })).toBe(true);
  }
  expect(await ask<'server.test'>({ kind: 'server.test', target })).toMatchObject({ ok: false, fault: 'refused' });
});

test('tables, rows, previews and rejects are asked over one lease that is kept', async () => {
  using folder = temporaryFolder();
  bench.write({ 'a.xml': document(element('t', { id: 1 }), element('t', { id: 'x' })) });
  const { loadId } = await bench.run(mapping);
  const steps: StageProgress[] = [];
  const at = { connection: connection() };
  const name = { schema: 'public', table: 't' };
  const path = join(folder.path, 'r.csv');
  const sort = { by: 'place', descending: false } as const;
  const request = { paths: [bench.folder], mapping, rows: 5 };
  expect([
    (await ask<'tables.list'>({ kind: 'tables.list', ...at })).schemas.map((schema) => schema.name),
    (await ask<'tables.describe'>({ kind: 'tables.describe', ...at, table: name })).key,
    (await ask<'tables.rows'>({ kind: 'tables.rows', ...at, request: { ...name, offset: 0, limit: 5 } })).rows,
    await ask<'tables.plan'>({ kind: 'tables.plan', ...at, request: { mapping, policy: 'evolve' } }),
    (await ask<'load.preview'>({ kind: 'load.preview', ...at, request }, (step) => steps.push(step))).rejects.total,
    (
      await ask<'rejects.page'>({
        kind: 'rejects.page',
        ...at,
        request: { loadId, offset: 0, limit: 5, sort, filter: {} },
      })
    ).total,
    await ask<'rejects.export'>({ kind: 'rejects.export', ...at, loadId, filter: {}, path }),
    leased(),
  ]).toMatchObject([['public'], ['id'], [['1']], { state: 'equal', filled: ['t'] }, 1, 1, 1, 1]);
  expect([...new Set(steps.map(({ phase }) => phase))]).toEqual(['scan', 'stage', 'merge']);
});

test('a failure says what was asked, and the next question asks anew how to reach the server', async () => {
  reached = { ...reached, password: 'wrong' };
  const list = { kind: 'tables.list', connection: connection() } as const;
  await expect(ask<'tables.list'>(list)).rejects.toMatchObject({ code: 'AUTH_FAILED' });
  reached = bench.database.target;
  expect((await ask<'tables.list'>(list)).database).toBe(reached.database);
  await bench.sql('create view broken as select 1 / (random() * 0)::int as a');
  const request = { schema: 'public', table: 'broken', offset: 0, limit: 1 };
  await expect(ask<'tables.rows'>({ kind: 'tables.rows', connection: connection(), request })).rejects.toMatchObject({
    message: expect.stringContaining('Could not read the rows: division by zero'),
  });
});

test('a preview that is cancelled ends as cancelled, leaves nothing, and the worker goes on', async () => {
  const files = Array.from({ length: 50 }, (_, i) => [`${i}.xml`, document(element('t', { id: i }))]);
  bench.write(Object.fromEntries(files));
  const request = { paths: [bench.folder], mapping, rows: 5 };
  await ask<'tables.list'>({ kind: 'tables.list', connection: connection() });
  const pid = worker?.pid;
  // A second click would kill the worker.
  const clickOnce = () => {
    if (!cancel.asked.aborted) cancel.click();
  };
  const preview = ask<'load.preview'>({ kind: 'load.preview', connection: connection(), request }, clickOnce);
  const end = await preview.catch((error: unknown) => error);
  expect(isCancelled(end)).toBe(true);
  cancel = new CancelSwitch();
  await ask<'tables.list'>({ kind: 'tables.list', connection: connection() });
  expect(worker?.pid).toBe(pid);
  expect(await bench.sql(`select from pg_namespace where nspname like 'loadstone\\_load%'`)).toEqual([]);
});
