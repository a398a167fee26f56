import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { builtWorker } from '#tests/helpers/built-worker';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { type OpenApp, openApp } from './open-app.ts';

/** How a window asks how CSV files are written, over the worker that ships. */
let entry: string;
let folder: ReturnType<typeof temporaryFolder>;
let opened: OpenApp;

beforeAll(() => {
  entry = builtWorker();
}, 120_000);
beforeEach(async () => {
  folder = temporaryFolder();
  opened = await openApp(folder.path, entry);
  writeFiles(folder.path, {
    'in/a.csv': 'id;price\n1;2,50\n2;"3,25"x\n3;4,00\n',
    'in/b.csv': 'x,y\n1,2\n',
    'secret/c.csv': 'a,b\n',
  });
});
afterEach(async () => {
  await opened.app.close();
  folder.remove();
});

test('what is guessed comes with how sure that is, and broken records with their line and text', async () => {
  const { dialect } = opened.client.sources;
  const paths = [join(folder.path, 'in')];
  const guess = await dialect({ paths, csv: { quote: '"' } });
  expect(guess).toMatchObject({ path: 'a.csv', files: 2, dialect: { delimiter: { value: ';' } } });
  expect(guess.dialect.quote.evidence.code).toBe('GIVEN');
  expect(guess.records[1]).toMatchObject({ line: 3, raw: '2;"3,25"x' });
  expect(guess.records[2]).toEqual({ line: 4, values: ['3', '4,00'] });
  const said = await dialect({ paths, path: 'b.csv', csv: { header: false, delimiter: ',' } });
  expect([said.columns.map(({ name }) => name), said.records.length]).toEqual([['column1', 'column2'], 2]);
});

test('it is answered while a folder is looked through, and a question that is left does not hold up the next', async () => {
  const line = `${'a;b;c;1;2;3'.repeat(100)}\n`;
  writeFiles(folder.path, { 'big/big.csv': line.repeat(60_000) });
  const looking = await opened.client.sources.infer({ paths: [join(folder.path, 'big')] });
  await looking.next();
  const left = new AbortController();
  const paths = [join(folder.path, 'in')];
  const first = opened.client.sources.dialect({ paths }, { signal: left.signal });
  left.abort();
  await expect(first).rejects.toBeDefined();
  expect((await opened.client.sources.dialect({ paths })).path).toBe('a.csv');
  expect((await looking.next()).value).toMatchObject({ type: 'progress' });
  await looking.return?.();
});

test('files that a window may not read are not read', async () => {
  const asked = opened.client.sources.dialect({ paths: [join(folder.path, 'secret')] });
  await expect(asked).rejects.toMatchObject({ data: { code: 'PATH_NOT_ALLOWED' } });
});
