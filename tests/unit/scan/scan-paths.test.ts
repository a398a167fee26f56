import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type MappingInput, mappingSchema } from '#contract/mapping';
import { type ScannedEntry, scanPaths } from '#engine/scan/scan-paths';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const folders: { remove(): void }[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

const signal = new AbortController().signal;

function mappingOf(source: Partial<MappingInput['source']> = {}, include?: string[]) {
  const columns = [{ name: 'a', path: 'a', type: 'text' }];
  return mappingSchema.parse({
    version: 1,
    name: 'scan',
    source: { format: 'xml', ...source },
    tables: [{ name: 't', records: 'r', columns, ...(include && { include }) }],
  });
}

function folderOf(...files: string[]): string {
  const folder = temporaryFolder();
  folders.push(folder);
  const root = folder.path;
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '<r/>');
  }
  return root;
}

async function scan(paths: string[], mapping = mappingOf()): Promise<string[]> {
  const entries: ScannedEntry[] = [];
  for await (const entry of scanPaths(paths, mapping, { signal })) entries.push(entry);
  return entries.map((entry) => (entry.kind === 'file' ? entry.path : `${entry.path} (${entry.reason})`)).sort();
}

describe('scanning', () => {
  it('takes every file of the format by default, whatever the case of its ending', async () => {
    const root = folderOf('a.xml', 'deep/er/B.XML', 'c.pdf');
    expect(await scan([root])).toEqual(['a.xml', 'c.pdf (not matched by include: **/*.xml)', 'deep/er/B.XML']);
  });

  it('finds the dossiers below xml folders and says why others are left out', async () => {
    const root = folderOf(
      '1. Hiền Lương/xml/To1(BD299-LS)/a.xml',
      '1. Hiền Lương/XML/b.xml',
      'xml/c.xml',
      '1. Hiền Lương/khac/xml/d.xml',
    );
    const why = '(not matched by include: */xml/**/*.xml)';
    expect(await scan([root], mappingOf({ include: ['*/xml/**/*.xml'] }))).toEqual([
      '1. Hiền Lương/XML/b.xml',
      `1. Hiền Lương/khac/xml/d.xml ${why}`,
      '1. Hiền Lương/xml/To1(BD299-LS)/a.xml',
      `xml/c.xml ${why}`,
    ]);
  });

  it('minds the case when the mapping says so', async () => {
    const root = folderOf('a.xml', 'b.XML');
    expect(await scan([root], mappingOf({ caseSensitive: true }))).toEqual([
      'a.xml',
      'b.XML (not matched by include: **/*.xml)',
    ]);
  });

  it('leaves out what exclude names, and what no table takes', async () => {
    const root = folderOf('a.xml', 'old/b.xml', 'deep/a-2.xml', 'x.xml');
    expect(await scan([root], mappingOf({ exclude: ['old/**'] }, ['a*.xml']))).toEqual([
      'a.xml',
      'deep/a-2.xml',
      'old/b.xml (matched by exclude: old/**)',
      'x.xml (no table takes this file: see include of the tables)',
    ]);
  });

  it('puts the folder before the path when several are chosen, and takes a named file as it is', async () => {
    const root = folderOf('one/a.xml', 'two/a.xml', 'note.data');
    expect(await scan([join(root, 'one'), join(root, 'two')])).toEqual(['one/a.xml', 'two/a.xml']);
    expect(await scan([join(root, 'note.data')])).toEqual(['note.data']);
  });

  it('walks a folder once, however often links lead to it, and reports links that lead nowhere', async () => {
    const root = folderOf('a.xml', 'deep/b.xml');
    symlinkSync(root, join(root, 'deep/up'));
    symlinkSync(join(root, 'gone.xml'), join(root, 'dangling.xml'));
    const gone = join(root, 'dangling.xml');
    expect(await scan([root])).toEqual([
      'a.xml',
      `dangling.xml (ENOENT: no such file or directory, stat '${gone}')`,
      'deep/b.xml',
      `deep/up (leads to a folder that is read already: ${root})`,
    ]);
  });

  it('refuses a path that does not exist', async () => {
    await expect(scan(['/nowhere/at/all'])).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' });
  });
});
