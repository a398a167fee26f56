import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { RejectRequest } from '#contract/api/reject-pages';
import { DirectSession, exportRejects, finishLoad, pageRejects, prepareLoad, stageChunks } from '#engine/door';
import { stagingNames } from '#engine/model/staging-names';
import { describeEachServer } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';
import { loadSpec } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const mapping = mappingOf(
  table('Item', { id: 'integer', n: 'integer' }, { key: ['id'] }),
  table('kind', { id: 'varchar(3)' }, { key: ['id'] }),
);
const files = {
  'a.xml': document(
    element('Item', { id: 'x', n: 'Ồ_1' }),
    element('Item', { id: 1, n: '50%' }),
    element('kind', { id: 'long' }),
  ),
  'b.xml': document(element('Item', { id: 2, n: '=1+1' }), element('Item', { id: 3, n: 3 })),
};
const signal = () => AbortSignal.timeout(60_000);

describeEachServer('the rejects of a load', (server) => {
  const bench = loadBench(server);
  const withSession = async <T>(work: (session: DirectSession) => Promise<T>): Promise<T> => {
    const session = new DirectSession(bench.database.target);
    return work(session).finally(() => session.close());
  };
  const page = (loadId: string, changes: Partial<RejectRequest> = {}) =>
    withSession((session) =>
      pageRejects(
        session,
        { loadId, offset: 0, limit: 100, sort: { by: 'place', descending: false }, filter: {}, ...changes },
        { signal: signal() },
      ),
    );
  const values = async (loadId: string, changes: Partial<RejectRequest>) => {
    const { entries, matching } = await page(loadId, changes);
    return [matching, ...entries.map(({ value }) => value)];
  };
  /** Stages and does not merge. */
  const stage = async () => {
    const spec = loadSpec(bench.folder, mapping, { skipLoaded: false });
    await withSession(async (session) => {
      const ignore = () => undefined;
      const run = { spec, signal: signal(), onRetry: ignore, onProgress: ignore, onTiming: ignore };
      const { fence, chunks } = await prepareLoad(session, { ...run, resume: false });
      const waiting = [...chunks];
      await stageChunks(session, { ...run, fence, nextChunk: async () => waiting.shift() ?? null });
    });
    return spec.loadId;
  };

  test('are one page with counts, the same while it runs and when it is merged', async () => {
    bench.write(files);
    const running = await page(await stage(), { limit: 2 });
    const merged = await page((await bench.run(mapping)).loadId, { limit: 2 });
    expect(merged).toEqual({
      entries: [
        expect.objectContaining({ path: 'a.xml', line: 2, table: 'Item', column: 'id', value: 'x', code: 'BAD_VALUE' }),
        expect.objectContaining({ path: 'a.xml', line: 2, table: 'Item', column: 'n', value: 'Ồ_1' }),
      ],
      matching: 5,
      total: 5,
      codes: [
        { code: 'BAD_VALUE', count: 4 },
        { code: 'TOO_LONG', count: 1 },
      ],
      fixed: 0,
      canRetry: true,
      tables: ['Item', 'kind'],
    });
    expect({ ...running, canRetry: true }).toEqual(merged);
  });

  test('are filtered by what each is about, and by any text as it is written', async () => {
    bench.write(files);
    const { loadId } = await bench.run(mapping);
    expect({
      code: await values(loadId, { filter: { code: 'TOO_LONG' } }),
      table: await values(loadId, { filter: { table: 'kind' } }),
      column: await values(loadId, { filter: { table: 'Item', column: 'id' } }),
      path: await values(loadId, { filter: { text: 'B.XML' } }),
      percent: await values(loadId, { filter: { text: '0%' } }),
      underscore: await values(loadId, { filter: { text: '_1' } }),
      quote: await values(loadId, { filter: { text: `' or true --` } }),
      nothing: await values(loadId, { filter: { code: 'CONSTRAINT' } }),
    }).toEqual({
      code: [1, 'long'],
      table: [1, 'long'],
      column: [1, 'x'],
      path: [1, '=1+1'],
      percent: [1, '50%'],
      underscore: [1, 'Ồ_1'],
      quote: [0],
      nothing: [0],
    });
  });

  test('are sorted by any column, equal ones in order of files, page by page', async () => {
    bench.write(files);
    const { loadId } = await bench.run(mapping);
    const sorted = (by: RejectRequest['sort']['by'], descending = false, offset = 0) =>
      values(loadId, { sort: { by, descending }, offset });
    expect({
      place: await sorted('place', true),
      table: await sorted('table', true),
      column: await sorted('column'),
      rest: await sorted('column', false, 3),
      code: await sorted('code', true),
    }).toEqual({
      place: [5, '=1+1', 'long', '50%', 'Ồ_1', 'x'],
      table: [5, 'long', 'x', 'Ồ_1', '50%', '=1+1'],
      column: [5, 'x', 'long', 'Ồ_1', '50%', '=1+1'],
      rest: [5, '50%', '=1+1'],
      code: [5, 'long', 'x', 'Ồ_1', '50%', '=1+1'],
    });
  });

  test('are found where the merge has just put them', async () => {
    bench.write(files);
    const spec = loadSpec(bench.folder, mapping);
    const ignore = () => undefined;
    const run = { spec, signal: signal(), onRetry: ignore, onProgress: ignore, onTiming: ignore };
    const merging = new DirectSession(bench.database.target);
    const { fence, chunks } = await prepareLoad(merging, { ...run, resume: false });
    const waiting = [...chunks];
    await stageChunks(merging, { ...run, fence, nextChunk: async () => waiting.shift() ?? null });
    // Holds what the merge drops, in the merge's own transaction: the question waits, and then finds nothing there.
    const client = await merging.connect(run.signal);
    await client.query(`begin; lock table ${stagingNames(spec.loadId).rejects} in access exclusive mode`);
    const asked = page(spec.loadId);
    const waits = `select from pg_locks where not granted and locktype = 'relation'`;
    while ((await client.query(waits)).rowCount === 0);
    await finishLoad(merging, { ...run, fence, startedAt: Date.now() });
    await merging.close();
    expect((await asked).total).toEqual(5);
  });

  test('of a load that nobody knows are none', async () => {
    expect(await page('00000000-0000-4000-8000-000000000000')).toEqual({
      entries: [],
      matching: 0,
      total: 0,
      fixed: 0,
      canRetry: false,
      codes: [],
      tables: [],
    });
  });

  test('are written as CSV: filtered, whole, with formulas disarmed', async () => {
    using folder = temporaryFolder();
    bench.write(files);
    const { loadId } = await bench.run(mapping);
    const path = join(folder.path, 'rejects.csv');
    const write = (filter: RejectRequest['filter'], to = path) =>
      withSession((session) => exportRejects(session, { loadId, filter, path: to, signal: signal() }));
    const all = await write({});
    expect(all).toBe(5);
    expect(await write({ table: 'Item', column: 'n' })).toBe(3);
    const text = readFileSync(path, 'utf8');
    const rows = parse(text, { bom: true, columns: true }) as { file: string; line: string; value: string }[];
    expect(rows.map(({ file, line, value }) => `${file}:${line} ${value}`)).toEqual([
      'a.xml:2 Ồ_1',
      'a.xml:3 50%',
      "b.xml:2 '=1+1",
    ]);
    await expect(write({}, join(folder.path, 'none/r.csv'))).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('none/r.csv cannot be written'),
    });
    expect(readdirSync(folder.path)).toEqual(['rejects.csv']);
  });

  test('of thousands of rows are all written', async () => {
    using folder = temporaryFolder();
    const items = Array.from({ length: 2_500 }, (_, i) => element('Item', { id: `x${i}`, n: 1 }));
    bench.write({ 'a.xml': document(...items) });
    const { loadId } = await bench.run(mapping);
    const path = join(folder.path, 'r.csv');
    const count = await withSession((session) =>
      exportRejects(session, { loadId, filter: {}, path, signal: signal() }),
    );
    const rows = parse(readFileSync(path, 'utf8'), { bom: true, columns: true }) as { value: string }[];
    expect([count, rows.map(({ value }) => value)]).toEqual([2_500, items.map((_, i) => `x${i}`)]);
  });
});
