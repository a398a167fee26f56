import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDossiers } from './harness/dossiers.ts';
import { headline } from './harness/job-view.ts';
import { expect, test } from './harness/test.ts';
import { loadDropped } from './harness/wizard.ts';

test('rejects can be sorted, filtered and taken away as the very CSV that the command line writes', async ({ app }) => {
  const { folder } = writeDossiers(app.home, 'Huyen Mau', { good: 3, badAreas: 4 });
  const { page, home } = app;
  await loadDropped(app, folder);
  await expect(headline(page, /rows loaded, not everything/)).toBeVisible();
  await page.getByRole('link', { name: 'See the rejects' }).click();
  await expect(page.getByText('4 objections', { exact: true })).toBeVisible();
  const values = page.getByRole('table', { name: 'Rejects' }).getByText(/^khoảng \d$/);
  await expect(values).toHaveText(['khoảng 4', 'khoảng 5', 'khoảng 6', 'khoảng 7']);

  const byValue = page.getByRole('button', { name: 'Value', exact: true });
  await byValue.click();
  await byValue.click();
  await expect(values).toHaveText(['khoảng 7', 'khoảng 6', 'khoảng 5', 'khoảng 4']);

  const pressExport = async () => await page.getByRole('button', { name: 'Export as CSV' }).click();
  const all = await app.savedBy(pressExport);
  const file = join(home.files, 'by-command-line.csv');
  expect(await home.cli('rejects', '1', '--out', file)).toMatchObject({ code: 0 });
  expect(all).toBe(readFileSync(file, 'utf8'));

  await page.getByRole('search').getByRole('searchbox', { name: /value/ }).fill('khoảng 6');
  await expect(values).toHaveText(['khoảng 6']);
  await expect(page.getByText('1 of 4 objections', { exact: true })).toBeVisible();
  const one = (await app.savedBy(pressExport)).trimEnd().split('\n');
  expect(one).toHaveLength(2);
  expect(one[1]).toContain('khoảng 6');

  await app.reload();
  await expect(values).toHaveText(['khoảng 6']);
});
