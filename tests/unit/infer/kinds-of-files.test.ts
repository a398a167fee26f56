import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inferMapping } from '#engine/load/infer-mapping';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

async function tablesOf(files: Readonly<Record<string, string>>) {
  writeFiles(folder.path, files);
  const { mapping } = await inferMapping([folder.path], {}, { signal: AbortSignal.timeout(20_000) });
  return mapping.tables.map(({ name, include, columns }) => [name, include, columns.map((column) => column.name)]);
}

describe('CSV files with different columns', () => {
  test('make a table each, also where they share a name in different folders', async () => {
    const files = { 'hn/export.csv': 'id,name\n1,x\n', 'sg/export.csv': 'code,price\nA,5\nB,6\n' };
    expect(await tablesOf(files)).toEqual([
      ['hn_export', ['hn/export.csv'], ['id', 'name']],
      ['sg_export', ['sg/export.csv'], ['code', 'price']],
    ]);
  });

  test('are told apart by a number where neither name nor folder does', async () => {
    const files = {
      'export.csv': 'id,name\n1,x\n',
      'export.tsv': 'code\tprice\nA\t5\nB\t6\n',
      'export_2.csv': 'c,d\nA,5\nB,6\n',
    };
    const tables = await tablesOf(files);
    expect(tables.map(([name, include]) => [name, include])).toEqual([
      ['export', ['./export.csv']],
      ['export_2', ['./export.tsv']],
      ['export_2_2', ['./export_2.csv']],
    ]);
  });

  test('give their tables names of one letter too', async () => {
    const files = { 'a.csv': 'id,name\n1,x\n', 'b.csv': 'code,price\nA,5\nB,6\n' };
    expect(await tablesOf(files)).toEqual([
      ['a', ['./a.csv'], ['id', 'name']],
      ['b', ['./b.csv'], ['code', 'price']],
    ]);
  });
});

test('JSON files of one name in different folders make a table each where their records differ', async () => {
  const files = { 'x/items.json': '[{"id":1,"name":"a"}]', 'y/items.json': '[{"code":"k","price":2}]' };
  expect((await tablesOf(files)).map(([name, include]) => [name, include])).toEqual([
    ['x_items', ['x/items.json']],
    ['y_items', ['y/items.json']],
  ]);
});
