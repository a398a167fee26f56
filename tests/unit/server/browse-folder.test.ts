import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browseFolder } from '#server/browse-folder';
import { allowedRoots, openRoots, type Roots } from '#server/roots';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
let root: string;
let roots: Roots;
const at = (...parts: readonly string[]) => join(root, ...parts);
const namesIn = async (path: string) => (await browseFolder(path, roots)).entries.map(({ name }) => name);

beforeEach(async () => {
  folder = temporaryFolder();
  root = join(folder.path, 'root');
  mkdirSync(join(folder.path, 'outside', 'inner'), { recursive: true });
  mkdirSync(join(folder.path, 'root-beside'));
  writeFileSync(join(folder.path, 'outside', 'secret.xml'), 'x');
  mkdirSync(root);
  roots = await openRoots([root]);
});
afterEach(() => folder.remove());

describe('the folders of the web host', () => {
  it('lists the roots above them', async () => {
    expect(await browseFolder(null, roots)).toEqual({
      path: null,
      parent: null,
      entries: [{ name: root, path: root, kind: 'folder' }],
      truncated: false,
    });
  });

  it('lists folders first, in the order people count, without hidden ones', async () => {
    for (const name of ['Tờ 10', 'Tờ 2', 'b', '.hidden']) mkdirSync(at(name));
    for (const name of ['10.xml', '9.xml', '.env']) writeFileSync(at(name), name);
    expect(await browseFolder(root, roots)).toEqual({
      path: root,
      parent: null,
      entries: [
        { name: 'b', path: at('b'), kind: 'folder' },
        { name: 'Tờ 2', path: at('Tờ 2'), kind: 'folder' },
        { name: 'Tờ 10', path: at('Tờ 10'), kind: 'folder' },
        { name: '9.xml', path: at('9.xml'), kind: 'file', bytes: 5 },
        { name: '10.xml', path: at('10.xml'), kind: 'file', bytes: 6 },
      ],
      truncated: false,
    });
  });

  it('tells the folder above within the roots', async () => {
    mkdirSync(at('a', 'b'), { recursive: true });
    const parents = [(await browseFolder(at('a', 'b'), roots)).parent, (await browseFolder(at('a'), roots)).parent];
    expect(parents).toEqual([at('a'), root]);
  });

  it('cuts a folder of thousands and says so', async () => {
    for (let number = 0; number < 2_001; number += 1) writeFileSync(at(`${number}.xml`), '');
    const { entries, truncated } = await browseFolder(root, roots);
    expect([entries.length, entries.at(-1)?.name, truncated]).toEqual([2_000, '1999.xml', true]);
  });

  it.each([
    ['a folder beside the root', (path: string) => join(path, 'outside')],
    ['a name that only begins like the root', (path: string) => join(path, 'root-beside')],
    ['a way back', (path: string) => `${path}/root/../outside`],
    ['a folder that is not there, outside', (path: string) => join(path, 'nothing')],
    ['a relative path', () => 'root'],
    ['a null character', (path: string) => `${path}/root\0`],
  ])('refuses %s', async (_what, pathIn) => {
    await expect(browseFolder(pathIn(folder.path), roots)).rejects.toMatchObject({ code: 'PATH_NOT_ALLOWED' });
  });

  it('follows no link that leads outside, and shows none', async () => {
    mkdirSync(at('inside'));
    symlinkSync(join(folder.path, 'outside'), at('way out'));
    symlinkSync(join(folder.path, 'outside', 'secret.xml'), at('secret.xml'));
    symlinkSync(at('inside'), at('way in'));
    symlinkSync(at('nowhere'), at('broken'));
    expect(await namesIn(root)).toEqual(['inside', 'way in']);
    for (const path of [at('way out'), at('way out', 'inner'), at('secret.xml')])
      await expect(roots.admit(path)).rejects.toMatchObject({ code: 'PATH_NOT_ALLOWED' });
    expect(await roots.admit(at('way in'))).toBe(at('inside'));
  });

  it('says that a folder has gone, or is none', async () => {
    writeFileSync(at('file.xml'), '');
    await expect(browseFolder(at('gone'), roots)).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' });
    await expect(browseFolder(at('file.xml'), roots)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it.skipIf(process.getuid?.() === 0)('says that a folder may not be read', async () => {
    mkdirSync(at('closed'));
    chmodSync(at('closed'), 0o000);
    const browsed = browseFolder(at('closed'), roots);
    // Closed, it could not be removed either.
    await browsed.catch(() => chmodSync(at('closed'), 0o700));
    await expect(browsed).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it('resolves a root that is itself a link', async () => {
    symlinkSync(root, join(folder.path, 'link'));
    mkdirSync(at('a'));
    const linked = await openRoots([join(folder.path, 'link')]);
    expect(linked.folders).toEqual([root]);
    expect(await linked.admit(join(folder.path, 'link', 'a'))).toBe(at('a'));
  });
});

describe('the roots that the user names', () => {
  it('replace the usual ones', async () => {
    expect((await allowedRoots([root], [folder.path])).folders).toEqual([root]);
    expect((await allowedRoots([], [root, at('gone'), root])).folders).toEqual([root]);
  });

  it('must be folders', async () => {
    writeFileSync(at('file'), '');
    for (const path of [at('gone'), at('file')])
      await expect(allowedRoots([path], [])).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' });
  });
});
