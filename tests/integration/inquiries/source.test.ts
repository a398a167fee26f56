import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mappingSchema } from '#contract/mapping';
import { summarisePaths } from '#engine/door';
import { describeEachServer } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';
import { runLoad, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const mapping = mappingSchema.parse({
  ...mappingOf(table('t', { id: 'text' }, { key: ['id'] })),
  source: { format: 'xml', exclude: ['**/old/**'] },
});
const summary = (...paths: string[]) => summarisePaths(paths, mapping, { signal: AbortSignal.timeout(60_000) });

test('a scan counts files and sizes in the order of loading, and says what it leaves out', async () => {
  using folder = temporaryFolder();
  // In JavaScript's own order 𝄞 stands before ﬀ; in that of bytes, after it.
  writeFiles(folder.path, {
    'b.xml': '12345',
    'a/c.xml': '123',
    '𝄞.xml': '1',
    'ﬀ.xml': '',
    'a/old/d.xml': 'x',
    'note.txt': 'x',
    'other.txt': 'x',
  });
  symlinkSync(folder.path, join(folder.path, 'loop'));
  expect(await summary(folder.path)).toEqual({
    files: 4,
    bytes: 9,
    sample: [
      { path: 'a/c.xml', bytes: 3 },
      { path: 'b.xml', bytes: 5 },
      { path: 'ﬀ.xml', bytes: 0 },
      { path: '𝄞.xml', bytes: 1 },
    ],
    skipped: {
      count: 4,
      reasons: expect.arrayContaining([
        { reason: 'not matched by include: **/*.xml', count: 2 },
        { reason: 'matched by exclude: **/old/**', count: 1 },
        { reason: 'leads to a folder that is read already', count: 1 },
      ]),
      sample: [
        { path: 'a/old/d.xml', reason: 'matched by exclude: **/old/**' },
        { path: 'loop', reason: `leads to a folder that is read already: ${folder.path}` },
        { path: 'note.txt', reason: 'not matched by include: **/*.xml' },
        { path: 'other.txt', reason: 'not matched by include: **/*.xml' },
      ],
    },
  });
});

test('a scan counts a file once that two of the chosen paths bring', async () => {
  using folder = temporaryFolder();
  writeFiles(folder.path, { 'a/b/c.xml': '123', 'a/d.xml': '1' });
  const found = await summary(join(folder.path, 'a'), join(folder.path, 'a/b'), join(folder.path, 'a/d.xml'));
  expect([found.files, found.bytes, found.sample.map(({ path }) => path)]).toEqual([2, 4, ['a/b/c.xml', 'a/d.xml']]);
});

test('a scan names the chosen path that is not there', async () => {
  await expect(summary('/nowhere/at/all')).rejects.toMatchObject({
    code: 'PATH_NOT_FOUND',
    message: expect.stringContaining('/nowhere/at/all'),
  });
});

test('a scan tells what cannot be read', async () => {
  using folder = temporaryFolder();
  symlinkSync(join(folder.path, 'gone'), join(folder.path, 'dangling.xml'));
  expect((await summary(folder.path)).skipped.reasons).toEqual([
    { reason: 'cannot be read: ENOENT: no such file or directory', count: 1 },
  ]);
});

test('a scan of very many files shows the first thousand of them, and can be stopped', async () => {
  using folder = temporaryFolder();
  for (let i = 0; i < 30; i += 1) {
    mkdirSync(join(folder.path, `${i}`));
    for (let j = 0; j < 100; j += 1) {
      writeFileSync(join(folder.path, `${i}/${j}.xml`), '');
      writeFileSync(join(folder.path, `${i}/${j}.txt`), '');
    }
  }
  chmodSync(folder.path, 0o755);
  const found = await summary(folder.path);
  const expected = Array.from({ length: 3_000 }, (_, n) => `${Math.floor(n / 100)}/${n % 100}.xml`).sort();
  expect([found.files, found.skipped.count, found.skipped.sample.length]).toEqual([3_000, 3_000, 1_000]);
  expect(found.sample.map(({ path }) => path)).toEqual(expected.slice(0, 1_000));
  const stopped = summarisePaths([folder.path], mapping, { signal: AbortSignal.abort() });
  await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
});

describeEachServer('a scan', (server) => {
  const bench = loadBench(server);

  test('finds just what the load then takes and leaves out', async () => {
    bench.write({
      'a/1.xml': document(element('t', { id: 1 })),
      'a/b/2.xml': document(element('t', { id: 2 })),
      'c.txt': document(element('t', { id: 3 })),
      'old/3.xml': 'x',
    });
    const paths = [join(bench.folder, 'a'), bench.folder, join(bench.folder, 'c.txt')];
    const found = await summary(...paths);
    const { report } = await runLoad(bench.database, paths, mapping);
    expect({ files: found.files, bytes: found.bytes, skipped: found.skipped.count }).toEqual({
      files: report.files.found,
      bytes: report.bytes,
      skipped: report.files.skippedCount,
    });
  });
});
