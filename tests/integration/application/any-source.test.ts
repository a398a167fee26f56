import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { findPreset } from '#contract/presets';
import { builtWorker } from '#tests/helpers/built-worker';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { type OpenApp, openApp, rest } from './open-app.ts';

/** Files that nobody has described, as a window asks about them, over the worker that ships. */
let entry: string;
let folder: ReturnType<typeof temporaryFolder>;
let opened: OpenApp;

beforeAll(() => {
  entry = builtWorker();
}, 120_000);
beforeEach(async () => {
  folder = temporaryFolder();
  opened = await openApp(folder.path, entry);
});
afterEach(async () => {
  await opened.app.close();
  folder.remove();
});

const files = {
  'data/people.csv': 'id;name;code\n1;An;08071\n2;Bình;08072\n',
  'data/deep/more.TSV': 'a\tb\n1\t2\n',
  'data/books.xml': '<books><book id="1"/><book id="2"/></books>',
  'data/orders.jsonl': '{"id":1}\n{"id":2}\n',
  'data/scan.pdf': '%PDF',
};

test('formats are counted by ending, and by their beginning for files chosen by name', async () => {
  writeFiles(folder.path, {
    ...files,
    'named/a.dat': '\uFEFF <a/>',
    'named/b.dat': '[{"a":1}]',
    'named/c.dat': 'hello',
  });
  const detect = (...names: string[]) =>
    opened.client.sources.detect({ paths: names.map((name) => join(folder.path, name)) });
  expect(await detect('data')).toEqual({ xml: 1, csv: 2, json: 1, other: 1 });
  expect(await detect('named/a.dat', 'named/b.dat', 'named/c.dat')).toEqual({ xml: 1, csv: 0, json: 1, other: 1 });
  expect(await detect('data/people.csv')).toEqual({ xml: 0, csv: 1, json: 0, other: 0 });
});

test('a mapping is proposed without a server, after progress that reaches all there is', async () => {
  writeFiles(folder.path, files);
  const request = { paths: [join(folder.path, 'data/people.csv')], format: 'csv' as const };
  const events = await rest(await opened.client.sources.infer(request));
  const last = events.at(-1);
  if (last?.type !== 'inferred') throw new Error(JSON.stringify(last));
  const [table] = last.mapping.tables;
  expect(table?.columns.map(({ name, type }) => [name, type])).toEqual([
    ['id', 'integer'],
    ['name', 'text'],
    ['code', 'text'],
  ]);
  expect(last.report.uncertain).toContainEqual(expect.objectContaining({ code: 'TYPE_LEADING_ZERO', column: 'code' }));
  expect(last.report.tree.map(({ path }) => path)).toContain('/people/code');
});

test('files that may not be read, and folders without data, are refused with what to do', async () => {
  writeFiles(folder.path, { 'secret/a.xml': '<a/>', 'empty/scan.pdf': '' });
  const infer = async (name: string) => rest(await opened.client.sources.infer({ paths: [join(folder.path, name)] }));
  await expect(infer('secret')).rejects.toMatchObject({ data: { code: 'PATH_NOT_ALLOWED' } });
  await expect(infer('empty')).rejects.toMatchObject({ data: { code: 'NO_FILES' } });
});

test('leaving a proposal ends it, and the next one is answered', async () => {
  const row = `${'x'.repeat(90)},1\n`;
  writeFiles(folder.path, { 'large.csv': `a,b\n${row.repeat(300_000)}`, 'small.csv': 'a,b\n1,2\n' });
  const large = await opened.client.sources.infer({ paths: [join(folder.path, 'large.csv')] });
  const first = await large[Symbol.asyncIterator]().next();
  expect(first.value).toMatchObject({ type: 'progress', files: { total: 1 } });
  await large.return?.();
  const events = await rest(await opened.client.sources.infer({ paths: [join(folder.path, 'small.csv')] }));
  expect(events.at(-1)).toMatchObject({ type: 'inferred', report: { files: { found: 1 } } });
});

test('a mapping is kept under a name and found again by another window', async () => {
  const mapping = findPreset('vn-land-records');
  if (mapping === undefined) throw new Error('no preset');
  await opened.client.mappings.save({ name: ' Của tôi ', mapping });
  expect(await opened.client.mappings.list()).toMatchObject([{ name: 'Của tôi', mapping: { name: 'Của tôi' } }]);
  await opened.client.mappings.remove({ name: 'Của tôi' });
  expect(await opened.client.mappings.list()).toEqual([]);
});
