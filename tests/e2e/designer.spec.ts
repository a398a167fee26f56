import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from './harness/app.ts';
import { headline } from './harness/job-view.ts';
import { goTo } from './harness/navigation.ts';
import { expect, test } from './harness/test.ts';
import { expectStep, startLoad } from './harness/wizard.ts';

const LIBRARY = `<library><books>
  <book isbn="b1"><title>A</title><author><name>X</name></author><author><name>Y</name></author><pub><city>P</city></pub></book>
  <book isbn="b2"><title>B</title><author><name>X</name></author><pub><city>Q</city></pub></book>
</books></library>`;

async function openElements(app: App): Promise<void> {
  const folder = join(app.home.files, 'library');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'library.xml'), LIBRARY);
  await goTo(app.page, 'Load');
  await app.drop(folder);
  await expectStep(app.page, 'Source');
  await expect(app.page.getByText(/was proposed from the files/)).toBeVisible();
  await app.page.getByRole('button', { name: 'Next', exact: true }).click();
  await app.page.getByText('Elements', { exact: true }).click();
}

test('a folder nobody has described is loaded by the mapping that is proposed, a table added by the keyboard', async ({
  app,
}) => {
  const { page } = app;
  await openElements(app);
  const pub = page.getByRole('treeitem', { name: /^pub,/ });
  await expect(pub).toHaveAttribute('aria-checked', 'false');
  await page.getByRole('searchbox', { name: 'Find an element' }).fill('pub');
  await expect(page.getByRole('treeitem', { name: /^title,/ })).toBeHidden();
  await page.getByRole('tree').press('End');
  await page.getByRole('tree').press('ArrowLeft');
  await page.getByRole('tree').press('Space');
  await expect(page.getByLabel('Table in the database')).toHaveValue('pub');
  await expect(pub).toHaveAttribute('aria-checked', 'true');

  const result = page.getByRole('region', { name: 'What becomes of it' });
  await result.getByText('pub', { exact: true }).click({ timeout: 90_000 });
  await expect(result.getByRole('region', { name: 'First rows of pub' }).getByRole('row')).toHaveCount(3);
  await result.getByRole('tab', { name: 'SQL' }).click();
  await expect(result.getByText(/references/).first()).toBeVisible();

  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await startLoad(page);
  await expect(headline(page, '7 rows loaded')).toBeVisible();
  expect(await app.home.count('book', 'author', 'pub')).toEqual({ book: 2, author: 3, pub: 2 });
});

test('a mapping that is kept is chosen by itself for other files with the same records', async ({ app }) => {
  const { page } = app;
  await openElements(app);
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Thư viện');
  await page.getByRole('dialog').getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click();

  const other = join(app.home.files, 'other');
  mkdirSync(other, { recursive: true });
  writeFileSync(join(other, 'more.xml'), LIBRARY);
  await app.drop(other);
  await expect(page.getByText('The records of “Thư viện” were found in these files')).toBeVisible();
});
