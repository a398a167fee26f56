import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inventDossier, makeDossier } from '#tests/helpers/land-dossiers';

function filesOf(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === 'README.md') continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length + 1), readFileSync(path).toString('hex'));
  }
  return files;
}

test('the example dossiers are what their script writes (node scripts/make-land-examples.mjs)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadstone-examples-'));
  try {
    execFileSync(process.execPath, ['scripts/make-land-examples.mjs', folder], { stdio: 'ignore' });
    const written = filesOf(folder);
    const committed = filesOf('examples/land-records');
    expect([...written.keys()].sort()).toEqual([...committed.keys()].sort());
    for (const [path, content] of written) expect(content === committed.get(path), path).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a dossier is the same for the same numbers, and shares no id with another', () => {
  const options = { commune: '90011', number: 7, persons: 4, scans: 3 };
  expect(makeDossier(options)).toBe(makeDossier(options));
  const ids = (number: number) => JSON.stringify(inventDossier({ ...options, number })).match(/[0-9A-F]{32}/g) ?? [];
  const first = new Set(ids(7));
  expect(ids(8).filter((id) => first.has(id))).toEqual([]);
});
