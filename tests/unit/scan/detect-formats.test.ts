import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { detectFormats } from '#engine/scan/detect-formats';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function write(path: string, text: string): string {
  const full = join(folder.path, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

function detect(...paths: readonly string[]) {
  return detectFormats(paths, { signal: new AbortController().signal });
}

test('a file that is chosen beside its folder counts once', async () => {
  const file = write('in/deep/a.CSV', 'a,b\n');
  write('in/b.geojson', '{}');
  expect(await detect(join(folder.path, 'in'), file)).toEqual({ xml: 0, csv: 1, json: 1, other: 0 });
  expect(await detect(file, join(folder.path, 'in'))).toEqual({ xml: 0, csv: 1, json: 1, other: 0 });
});

test('what a file begins with decides only where it is chosen itself', async () => {
  const file = write('in/export.dat', 'id;name\n1;A\n');
  expect(await detect(file)).toEqual({ xml: 0, csv: 1, json: 0, other: 0 });
  expect(await detect(join(folder.path, 'in'))).toEqual({ xml: 0, csv: 0, json: 0, other: 1 });
});

test('a path that is not there is refused', async () => {
  await expect(detect(join(folder.path, 'gone'))).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' });
});
