import { afterEach, beforeEach, expect, test } from 'vitest';
import { inferMapping } from '#engine/load/infer-mapping';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function inferred(files: Readonly<Record<string, string>>) {
  writeFiles(folder.path, files);
  return inferMapping([folder.path], {}, { signal: AbortSignal.timeout(20_000) });
}

test.each(['[]', '[]\n', ' [ ] '])('files without any record are refused with a reason: %j', async (text) => {
  await expect(inferred({ 'a.json': text, 'b.json': '[]' })).rejects.toMatchObject({
    code: 'NO_RECORDS',
    message: 'There is no record in the 2 files looked at, and so nothing to infer a table from.',
    remedy: expect.stringContaining('JSON files that hold at least one record'),
  });
});

test('a CSV header without records gives a table of texts without a key, and that is said', async () => {
  const { mapping, report } = await inferred({ 'things.csv': 'id,name,val\n' });
  expect(mapping.tables).toEqual([
    { name: 'things', columns: ['id', 'name', 'val'].map((name) => ({ name, type: 'text', path: name })) },
  ]);
  expect(report.uncertain.find(({ code }) => code === 'FEW_RECORDS')).toMatchObject({
    table: 'things',
    why: 'there is a header, and no record below it',
  });
});

test('a CSV column that is empty throughout is a column, in the header’s order', async () => {
  const { mapping, report } = await inferred({ 'a.csv': 'id,empty,late,name\n1,,,a\n2,,,b\n3,,x,c\n' });
  expect(mapping.tables[0]?.columns.map(({ name, type }) => [name, type])).toEqual([
    ['id', 'integer'],
    ['empty', 'text'],
    ['late', 'text'],
    ['name', 'text'],
  ]);
  expect(report.uncertain.find(({ code }) => code === 'ALWAYS_EMPTY')).toMatchObject({ column: 'empty' });
});
