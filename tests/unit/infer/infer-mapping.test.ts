import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inferMapping } from '#engine/load/infer-mapping';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const run = () => ({ signal: AbortSignal.timeout(20_000) });

describe('inferring a mapping from files', () => {
  test('gives the same mapping and report in whatever order the files are named', async () => {
    writeFiles(folder.path, {
      'a.xml': '<r v="1"><x id="1"><n>1</n></x></r>',
      'b.xml': '<s:r xmlns:s="urn:s"><s:x id="2"><s:m>2020-01-01</s:m></s:x><s:x id="3"/></s:r>',
      'c.xml': '<r><x id="z"><n>08</n><x id="4"/></x><!-- --><y>1</y><y>2</y></r>',
    });
    const files = ['a.xml', 'b.xml', 'c.xml'].map((name) => join(folder.path, name));
    const first = await inferMapping(files, { name: 'same' }, run());
    for (const order of [
      [2, 1, 0],
      [1, 0, 2],
      [2, 0, 1],
    ]) {
      const paths = order.map((at) => files[at] as string);
      expect(await inferMapping(paths, { name: 'same' }, run())).toEqual(first);
    }
  });

  test('takes the format that most files have, and globs that reach all of them', async () => {
    writeFiles(folder.path, { 'a.gml': '<r><x/><x/></r>', 'b.xml': '<r><x/></r>', 'c.csv': 'a,b\n1,2\n' });
    const { mapping, report } = await inferMapping([folder.path], {}, run());
    expect({ source: mapping.source, found: report.files.found }).toEqual({
      source: { format: 'xml', include: ['**/*.gml', '**/*.xml'] },
      found: 2,
    });
    const leftOut = report.uncertain.filter(({ code }) => code === 'OTHER_FORMATS');
    expect(leftOut.map(({ why }) => why)).toEqual([expect.stringContaining('1 CSV')]);
  });

  test('says which format was looked for and what is there instead', async () => {
    writeFiles(folder.path, { 'a.csv': 'a,b\n1,2\n', 'b.csv': 'a,b\n1,2\n', 'c.json': '[]', 'd.xlsx': 'PK' });
    await expect(inferMapping([folder.path], { format: 'xml' }, run())).rejects.toMatchObject({
      code: 'NO_FILES',
      message: expect.stringMatching(/^No XML file was found below .*there are 2 CSV and 1 JSON files\.$/),
      remedy: expect.stringContaining('Leave the format out or name another one'),
    });
  });

  test('says what to do with spreadsheets', async () => {
    writeFiles(folder.path, { 'a.xlsx': 'PK', 'b.pdf': '%PDF' });
    await expect(inferMapping([folder.path], {}, run())).rejects.toMatchObject({
      code: 'NO_FILES',
      message: expect.stringContaining('a spreadsheet'),
      remedy: expect.stringContaining('CSV UTF-8'),
    });
  });

  test('says how single CSV files are written where they differ from most', async () => {
    writeFiles(folder.path, {
      'a.csv': 'id;name\n1;x\n2;y\n3;z\n',
      'b.csv': 'id;name\n4;x\n5;y\n6;z\n',
      // One name, in two folders, for two kinds of files.
      'report[1].csv': '# printed\n# today\ncode|amount\nk1|10\nk2|20\nk3|30\n',
      'old/report[1].csv': 'id;name\n7;x\n8;y\n9;z\n',
    });
    const { mapping, report } = await inferMapping([folder.path], {}, run());
    expect(mapping.source.csv).toMatchObject({
      delimiter: 'auto',
      files: [{ include: ['./report\\[1\\].csv'], delimiter: '|' }],
    });
    expect(report.tables.map(({ rows, columns }) => [rows, columns])).toEqual([
      [9, 2],
      [3, 2],
    ]);
    expect(report.uncertain.filter(({ code }) => code === 'BROKEN_RECORDS')).toEqual([]);
  });

  test('takes nothing for evidence that stands in a file a load would refuse', async () => {
    writeFiles(folder.path, {
      'a.xml': '<r><i id="1"><n>1</n></i><i id="2"><n>2</n></i><i id="3"><n>3</n></i></r>',
      'b.xml': '<r><i id="3"><n>x</n><o/></i><i id="4">',
    });
    const { mapping, report } = await inferMapping([folder.path], {}, run());
    expect(report.files).toMatchObject({ found: 2, read: 1, failed: [{ path: 'b.xml', code: 'XML_NOT_WELL_FORMED' }] });
    expect(mapping.tables).toEqual([
      {
        name: 'i',
        records: '/r/i',
        columns: [
          { name: 'id', type: 'integer', path: '@id', nullable: false },
          { name: 'n', type: 'integer', path: 'n' },
        ],
        key: ['id'],
      },
    ]);
  });

  test('ends with the reason of its signal', async () => {
    writeFiles(folder.path, { 'a.xml': '<r/>' });
    const stopped = inferMapping([folder.path], {}, { signal: AbortSignal.abort(new Error('enough')) });
    await expect(stopped).rejects.toThrow('enough');
  });

  test('tells how far it is', async () => {
    writeFiles(folder.path, { 'a.xml': '<r a="1"/>', 'b.xml': '<r a="2"/>' });
    const seen: string[] = [];
    await inferMapping(
      [folder.path],
      {},
      {
        ...run(),
        onProgress: ({ files, bytes }) => seen.push(`${files.done}/${files.total} ${bytes.done}/${bytes.total}`),
      },
    );
    expect(seen).toEqual(['0/2 0/20', '1/2 10/20', '2/2 20/20']);
  });

  test('has a report with numbers and samples of each element', async () => {
    writeFiles(folder.path, { 'a.xml': '<r><i id="1"><n>x</n><n>y</n></i><i id="2"/></r>' });
    const { report } = await inferMapping([folder.path], {}, run());
    expect(
      report.tree.map(({ path, count, least, most, values }) => [path, count, least, most, values?.samples]),
    ).toEqual([
      ['/r', 1, 1, 1, undefined],
      ['/r/i', 2, 1, 2, undefined],
      ['/r/i/@id', 2, 1, 1, ['1', '2']],
      ['/r/i/n', 2, 0, 2, ['x', 'y']],
    ]);
  });
});

test('memory for values is bounded: beyond the hashes that are kept, a key is not certain', async () => {
  const { Observer } = await import('#engine/infer/observe/observer');
  const { NameTable } = await import('#engine/model/name-table');
  const { decideMapping } = await import('#engine/infer/decide/decide-mapping');
  const names = new NameTable();
  const observer = new Observer(names);
  observer.budget.left = 1_000;
  const [root, item, id] = ['r', 'i', 'id'].map((name) => names.intern(name)) as [number, number, number];
  observer.startFile();
  observer.open(root);
  for (let number = 0; number < 5_000; number += 1) {
    observer.open(item);
    observer.attribute(id, `K${number}`);
    observer.close();
  }
  observer.close();
  observer.endFile();
  const options = {
    name: 'n',
    source: { format: 'xml' as const },
    root: observer.root,
    files: null,
    schema: null,
    isSample: false,
  };
  const { tables, uncertain } = decideMapping(observer, options);
  expect(tables[0]?.key).toEqual(['id']);
  expect(uncertain.map(({ code, why }) => `${code} ${why}`)).toEqual([
    expect.stringMatching(
      /^KEY_NOT_CERTAIN id is different in the first \d+ of 5,000 records; the others were not compared$/,
    ),
  ]);
});
