import { afterEach, beforeEach, expect, test } from 'vitest';
import { inferMapping } from '#engine/load/infer-mapping';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const names = Array.from({ length: 3_200 }, (_, at) => `c${at + 1}`);

async function inferred(first: string, values: (row: number) => string) {
  const rows = [1, 2, 3].map((row) => [values(row), ...names.map((_, at) => at)].join(','));
  writeFiles(folder.path, { 'wide.csv': `${[first, ...names].join(',')}\n${rows.join('\n')}\n` });
  return inferMapping([folder.path], {}, { signal: AbortSignal.timeout(30_000) });
}

test('more columns than a table holds are parted, every part with the key, and that is said', async () => {
  const { mapping, report } = await inferred('id', (row) => `k${row}`);
  expect(mapping.tables.map(({ name, columns, key, references }) => [name, columns.length, key, references])).toEqual([
    ['wide', 1_500, ['id'], undefined],
    ['wide_2', 1_500, ['id'], [{ columns: ['id'], table: 'wide', on: ['id'] }]],
    ['wide_3', 203, ['id'], [{ columns: ['id'], table: 'wide', on: ['id'] }]],
  ]);
  expect(new Set(mapping.tables.flatMap(({ columns }) => columns.map(({ name }) => name)))).toEqual(
    new Set(['id', ...names]),
  );
  const said = report.uncertain.filter(({ code }) => code === 'TOO_WIDE');
  expect(said.map(({ decided }) => decided)).toEqual([
    'the columns from c1500 to c2998 are a table of their own, wide_2',
    'the columns from c2999 to c3200 are a table of their own, wide_3',
  ]);
});

test('parts without a key name the file and the element’s number in it', async () => {
  const { mapping } = await inferred('word', () => 'same');
  for (const { columns, key } of mapping.tables) {
    expect([columns.slice(0, 2).map(({ name, path }) => [name, path]), key]).toEqual([
      [
        ['file', '$file'],
        ['node', '$node'],
      ],
      undefined,
    ]);
  }
});
