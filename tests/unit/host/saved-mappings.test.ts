import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findPreset } from '#contract/presets';
import { mappingArgument } from '#host/application/mapping-argument';
import { SavedMappings } from '#host/application/saved-mappings';
import { SILENT_LOG } from '#tests/helpers/host-folder';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

function open() {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const preset = findPreset('vn-land-records');
  if (preset === undefined) throw new Error('no preset');
  return { home: folder.path, saved: new SavedMappings(folder.path, SILENT_LOG), mapping: preset };
}

test('mappings are kept by name, in its place when there is one, and removed', async () => {
  const { saved, mapping } = open();
  expect(await saved.list()).toEqual([]);
  await saved.save('Hồ sơ', mapping);
  await saved.save('An', mapping);
  await saved.save('An', { ...mapping, quoteNames: true });
  const found = await saved.list();
  expect(found.map((one) => [one.name, one.mapping.name, one.mapping.quoteNames])).toEqual([
    ['An', 'An', true],
    ['Hồ sơ', 'Hồ sơ', false],
  ]);
  await saved.remove('An');
  await saved.remove('An');
  expect((await saved.list()).map(({ name }) => name)).toEqual(['Hồ sơ']);
});

test('a name never leads out of the folder, and comes back as it was', async () => {
  const { home, saved, mapping } = open();
  const names = ['../../x', '..', 'a/b\\c:d', '100%', '.hidden', 'end.', 'con', 'x-0123456789ab', 'a\u0001b'];
  for (const name of names) await saved.save(name, mapping);
  expect((await saved.list()).map(({ name }) => name).sort()).toEqual([...names].sort());
  expect(readdirSync(home)).toEqual(['mappings']);
});

test('mappings that loads left in the folder, and files that are none, are not listed', async () => {
  const { home, saved, mapping } = open();
  await saved.save('mine', mapping);
  mappingArgument(home, { ...mapping, name: 'of-a-load' });
  writeFileSync(join(home, 'mappings', 'broken.json'), '{');
  expect((await saved.list()).map(({ name }) => name)).toEqual(['mine']);
});

test('a name that is too long for a file is refused', async () => {
  const { saved, mapping } = open();
  await expect(saved.save('ữ'.repeat(100), mapping)).rejects.toMatchObject({ code: 'USAGE' });
});
