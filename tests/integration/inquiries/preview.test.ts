import { expect, test } from 'vitest';
import type { PreviewRequest } from '#contract/api/previews';
import { mappingSchema } from '#contract/mapping';
import type { StageProgress } from '#contract/worker-messages';
import { DirectSession, previewLoad } from '#engine/door';
import { lockLoad } from '#engine/load/load-lock';
import { closeClient, openClient } from '#engine/postgres/client';
import { describeEachServer } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';

const KEY = { key: ['id'] };
const mapping = mappingSchema.parse(
  mappingOf(table('t', { id: 'integer' }, KEY), table('looked', { id: 'integer' }, { keep: false, records: '/r/t' })),
);
const STAGINGS = `select nspname from pg_namespace where nspname like 'loadstone\\_load%' order by 1`;
const stagingOf = (digit: string) => `loadstone_load_${digit.repeat(32)}`;

describeEachServer('a preview for the window', (server) => {
  const bench = loadBench(server);
  const run = async (
    changes: Partial<PreviewRequest>,
    { signal = AbortSignal.timeout(60_000), onProgress = (_: StageProgress): void => undefined } = {},
  ) => {
    const session = new DirectSession(bench.database.target);
    const request = { paths: [bench.folder], mapping, rows: 100, ...changes };
    return previewLoad(session, { request, signal, onProgress }).finally(() => session.close());
  };
  const writeMany = (count: number) => {
    const files = Array.from({ length: count }, (_, i) => [
      `${String(i).padStart(3, '0')}.xml`,
      document(element('t', { id: i }), element('t', { id: 1_000 + i })),
    ]);
    bench.write(Object.fromEntries(files));
  };

  test('looks at files spread over all that were found, the first and the last among them', async () => {
    writeMany(10);
    const looked = async (limitFiles: number) => {
      const { files, tables } = await run({ limitFiles });
      return [
        files.found,
        files.skippedCount,
        tables.t?.rows
          .flat()
          .map(Number)
          .filter((id) => id < 1_000),
      ];
    };
    expect([await looked(1), await looked(2), await looked(4), await looked(10), await looked(99)]).toEqual([
      [1, 9, [0]],
      [2, 8, [0, 9]],
      [4, 6, [0, 3, 6, 9]],
      [10, 0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
      [10, 0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ]);
  });

  test('shows as many rows of a table as it was asked for', async () => {
    writeMany(5);
    const { tables } = await run({ rows: 3 });
    expect(tables.t).toMatchObject({ rows: [['0'], ['1000'], ['1']], counts: { read: 10 } });
  });

  test('tells how far it is: files found, then files and rows, by table', async () => {
    writeMany(3);
    const steps: StageProgress[] = [];
    await run({}, { onProgress: (step) => void steps.push(step) });
    const sum = (of: (step: StageProgress) => number | undefined, phase: string) =>
      steps.filter((step) => step.phase === phase).reduce((total, step) => total + (of(step) ?? 0), 0);
    expect({
      found: sum(({ files }) => files, 'scan'),
      files: sum(({ files }) => files, 'stage'),
      rows: sum(({ rows }) => rows, 'stage'),
      ofTable: sum(({ tables }) => tables?.t, 'stage'),
      tables: [...new Set(steps.flatMap(({ tables }) => Object.keys(tables ?? {})))],
      last: steps.at(-1)?.phase,
    }).toEqual({ found: 3, files: 3, rows: 6, ofTable: 6, tables: ['t'], last: 'merge' });
  });

  test.each(['scan', 'stage', 'merge'] as const)('that is cancelled during %s leaves nothing', async (phase) => {
    writeMany(20);
    const abort = new AbortController();
    const preview = run(
      {},
      { signal: abort.signal, onProgress: (step) => void (step.phase === phase && abort.abort()) },
    );
    await expect(preview).rejects.toMatchObject({ name: 'AbortError' });
    expect(await bench.sql(STAGINGS)).toEqual([]);
  });

  test('drops what a preview left whose process was killed, but not what one holds that still runs', async () => {
    bench.write({ 'a.xml': document(element('t', { id: 1 })) });
    const left = (end: string) => `loadstone_load_0000000000004000${end}`;
    const [killed, running, load] = [left('8000000000000001'), left('8000000000000002'), stagingOf('8')];
    await bench.sql(`create schema ${killed}; create schema ${running}; create schema ${load}`);
    const other = await openClient(bench.database.target, { applicationName: 'other' });
    await lockLoad(other, '00000000-0000-4000-8000-000000000002', AbortSignal.timeout(5_000));
    await run({});
    await closeClient(other);
    expect(await bench.sql(STAGINGS)).toEqual([{ nspname: running }, { nspname: load }]);
  });

  test('that fails leaves nothing', async () => {
    bench.write({ 'a.xml': document(element('t', { id: 1 })) });
    await bench.sql('create table t (id integer)');
    await expect(run({})).rejects.toMatchObject({ code: 'TARGET_MISMATCH' });
    expect(await bench.sql(STAGINGS)).toEqual([]);
  });
});
