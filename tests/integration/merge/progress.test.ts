import { expect, test } from 'vitest';
import type { MergeProgress } from '#contract/jobs';
import type { MappingInput } from '#contract/mapping';
import { finishLoad, prepareLoad, stageChunks } from '#engine/door';
import { DirectSession } from '#engine/load/direct-session';
import { createDatabase, describeEachServer, type TestDatabase } from '#tests/helpers/database';
import { loadSpec, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const ROWS = 60_000;

const mapping: MappingInput = {
  version: 1,
  name: 'm',
  source: { format: 'csv' },
  tables: ['small', 'large'].map((name) => ({
    name,
    include: [`${name}*.csv`],
    key: ['id'],
    onConflict: 'overwrite',
    columns: ['id', 'v'].map((column) => ({ name: column, path: column, type: column === 'id' ? 'integer' : 'text' })),
  })),
};

const csv = (rows: number, value: (id: number) => string) =>
  `id,v\n${Array.from({ length: rows }, (_, i) => `${i + 1},${value(i + 1)}\n`).join('')}`;

/** What a merge of the files tells, each thing once. */
async function told({ target }: TestDatabase, files: Readonly<Record<string, string>>) {
  using folder = temporaryFolder();
  writeFiles(folder.path, files);
  const session = new DirectSession(target);
  const steps: { readonly table?: string | undefined; readonly merge: MergeProgress }[] = [];
  const ignore = () => undefined;
  const run = {
    spec: loadSpec(folder.path, mapping),
    signal: AbortSignal.timeout(120_000),
    onRetry: ignore,
    onTiming: ignore,
  };
  try {
    const { fence, chunks } = await prepareLoad(session, { ...run, resume: false, onProgress: ignore });
    const waiting = [...chunks];
    const stage = { ...run, fence, onProgress: ignore, nextChunk: async () => waiting.shift() ?? null };
    await stageChunks(session, stage);
    const { tables } = await finishLoad(session, {
      ...run,
      fence,
      startedAt: Date.now(),
      onProgress: ({ table, merge }) => merge !== undefined && steps.push({ table, merge }),
    });
    return { steps, tables };
  } finally {
    await session.close();
  }
}

describeEachServer('a merge of many rows', (server) => {
  test('tells how many are done while its statements run, inserted or updated, and never goes back', async () => {
    await using database = await createDatabase(server);
    const small = (word: string) => csv(10, (id) => `${word} ${id}`);
    const first = await told(database, { 'small.csv': small('old'), 'large.csv': csv(ROWS, (id) => `old ${id}`) });
    const changed = csv(ROWS, (id) => (id % 2 === 0 ? `new ${id}` : `old ${id}`));
    const second = await told(database, { 'small.csv': small('new'), 'large.csv': changed });
    expect([first.tables.large, second.tables.large]).toMatchObject([
      { inserted: ROWS },
      { updated: ROWS / 2, unchanged: ROWS / 2 },
    ]);
    for (const { steps } of [first, second]) {
      const done = steps.map(({ merge }) => merge.done);
      expect(done).toEqual(done.toSorted((a, b) => a - b));
      expect(new Set(steps.map(({ merge }) => merge.total))).toEqual(new Set([ROWS + 10]));
      const writing = steps.filter(({ table, merge }) => table === 'large' && merge.part === 'write');
      expect(new Set(writing.map(({ merge }) => merge.done)).size).toBeGreaterThanOrEqual(4);
      expect(steps[0]).toMatchObject({ merge: { done: 0, part: 'check' } });
      expect(steps.at(-1)).toEqual({ merge: { done: ROWS + 10, total: ROWS + 10, part: 'keys' } });
    }
    expect(second.steps.find(({ table, merge }) => table === 'large' && merge.part === 'write')).toMatchObject({
      merge: { done: ROWS / 2 + 10 },
    });
  });
});
