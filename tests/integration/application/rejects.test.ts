import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LoadRequest } from '#contract/api/job-views';
import { mappingSchema } from '#contract/mapping';
import { builtWorker } from '#tests/helpers/built-worker';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { document, element, mappingOf, table } from '#tests/helpers/load-bench';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { type OpenApp, openApp, request, rest } from './open-app.ts';

/** The reject workbench as a window asks for it, answered by real workers on a real server. */
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

const mapping = (type: string) =>
  mappingSchema.parse(mappingOf(table('item', { id: 'integer', n: type }, { key: ['id'] })));
const sort = { by: 'place', descending: false } as const;

async function load(changes: Partial<LoadRequest>): Promise<number> {
  const { host, port, database: name, user } = database.target;
  const connection = { kind: 'server', host, port, database: name, user, ssl: 'disable' } as const;
  const paths = [join(folder.path, 'in')];
  const { number } = await opened.client.jobs.start(
    request(folder.path, { mapping: mapping('integer'), paths, connection, ...changes }),
  );
  await rest(await opened.client.jobs.watch({ number }));
  return number;
}

test('rejects are corrected, tried with another mapping, loaded again, and told under either job', async () => {
  const { client } = opened;
  writeFiles(join(folder.path, 'in'), {
    'a.xml': document(...['x', '1.5', '2', 'y'].map((n, i) => element('item', { id: i + 1, n }))),
  });
  const job = await load({});
  const first = await client.rejects.page({ job, request: { offset: 0, limit: 10, sort, filter: {} } });
  const { groups } = await client.rejects.groups({ job, request: { by: 'column', filter: {} } });
  const [kept] = await client.rejects.correct({
    job,
    corrections: [{ file: 1, sequence: 1, column: 'n', value: '10' }],
  });
  const view = await client.rejects.record({ job, request: { file: 1, sequence: 2, mapping: mapping('numeric') } });
  const order = await client.rejects.order({ job });
  const { connection, ...shown } = { ...order, mapping: mapping('numeric'), rows: 10 };
  const preview = (await rest(await client.previews.run({ connection, request: shown }))).at(-1);
  // Somebody else's table would have to be altered for that: this one is loaded as it is.
  const retry = await load(order);
  const detail = await client.jobs.show({ number: retry });
  const after = await client.rejects.page({
    job: retry,
    request: { offset: 0, limit: 10, sort, filter: { state: 'all' } },
  });
  expect({
    first: [first.total, first.canRetry],
    groups,
    kept,
    view: [view.columns[1]?.raw, view.columns[1]?.value, view.excerpt?.begins],
    preview: preview?.type === 'report' && preview.report.tables.item?.counts,
    retryOf: detail.job.retryOf,
    command: detail.command,
    counts: detail.report?.tables.item,
    after: [after.total, after.fixed, after.entries.map(({ state, fixedIn }) => [state, fixedIn])],
  }).toEqual({
    first: [3, true],
    groups: [{ table: 'item', column: 'n', entries: 3, rows: 3, corrected: 0 }],
    kept: {
      ...{ file: 1, sequence: 1, column: 'n' },
      stands: { value: '10', at: expect.stringMatching(/^\d{4}-.*Z$/), who: expect.any(String) },
    },
    view: ['1.5', null, { line: 3, column: 1 }],
    preview: { read: 3, inserted: 1, updated: 0, unchanged: 0, skipped: 0, rejected: 2 },
    retryOf: { loadId: detail.job.retryOf?.loadId, job },
    command: expect.stringMatching(/^loadstone rejects retry 1 --mapping .+\.json --workers \d+$/),
    counts: { read: 3, inserted: 1, updated: 0, unchanged: 0, skipped: 0, rejected: 2 },
    after: [
      3,
      1,
      [
        ['fixed', retry],
        ['open', undefined],
        ['open', undefined],
      ],
    ],
  });
});

test('corrections of a window that is gone are kept and told; an export stands without its entry in the log', async () => {
  const { client } = opened;
  writeFiles(join(folder.path, 'in'), { 'a.xml': document(element('item', { id: 1, n: 'x' })) });
  const job = await load({});
  const corrections = [{ file: 1, sequence: 1, column: 'n', value: '7' }];
  await client.rejects.correct({ job, corrections }, { signal: AbortSignal.abort() });
  const { entries } = await client.audit.page({ request: { filter: {}, offset: 0, limit: 1 } });
  expect(entries).toMatchObject([{ action: 'corrections_kept', job, counts: { corrections: 1 } }]);
  const ledger = new Sqlite(join(folder.path, 'home/ledger.db'));
  ledger.exec('alter table audit rename to elsewhere');
  ledger.close();
  expect(await client.rejects.export({ job, filter: {} })).toMatchObject({ rows: 1, download: expect.any(String) });
});

test('a corrected CSV is read from where windows may read, a source only from there', async () => {
  const { client } = opened;
  writeFiles(join(folder.path, 'in'), { 'a.xml': document(element('item', { id: 1, n: 'x' })) });
  const job = await load({});
  const path = join(folder.path, 'back.csv');
  writeFileSync(path, 'file_id,record,column,value\n1,1,n,7\n');
  const imported = await client.rejects.importCorrections({ job, path });
  const secret = client.rejects.importCorrections({ job, path: '/secret/back.csv' });
  await expect(secret).rejects.toMatchObject({ data: { code: 'PATH_NOT_ALLOWED' } });
  const nonsense = client.rejects.correct({
    job,
    corrections: [{ file: 1, sequence: 1, column: 'n', value: 'a\0b' }],
  });
  await expect(nonsense).rejects.toMatchObject({ data: { code: 'USAGE' } });
  await load(await client.rejects.order({ job }));
  const left = await client.rejects.page({ job, request: { offset: 0, limit: 10, sort, filter: {} } });
  expect([imported.corrected, left.total, left.fixed]).toEqual([1, 0, 1]);
});
