import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import type { App } from './harness/app.ts';
import { REPOSITORY } from './harness/home.ts';
import { headline } from './harness/job-view.ts';
import { goTo } from './harness/navigation.ts';
import { expect, test } from './harness/test.ts';
import { expectStep, startLoad } from './harness/wizard.ts';

const LIBRARY = `<library><books>
  <book isbn="b1"><title>A</title><author><name>X</name></author><author><name>Y</name></author><pub><city>P</city></pub></book>
  <book isbn="b2"><title>B</title><author><name>X</name></author><pub><city>Q</city></pub></book>
</books></library>`;

/** The texts of all rows that have cells. */
async function gridOf(grid: Locator, row: string, cell: string): Promise<readonly (readonly string[])[]> {
  const rows = await grid.locator(row).all();
  const texts = await Promise.all(rows.map((one) => one.locator(cell).allInnerTexts()));
  return texts.filter((cells) => cells.length > 0);
}

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
  const pub = page.getByRole('treeitem', { name: /^pub / });
  await expect(pub).toHaveAttribute('aria-checked', 'false');
  await page.getByRole('searchbox', { name: 'Find an element' }).fill('pub');
  await expect(page.getByRole('treeitem', { name: /^title / })).toBeHidden();
  await page.getByRole('tree').press('End');
  await page.getByRole('tree').press('ArrowLeft');
  await page.getByRole('tree').press('Space');
  await expect(page.getByLabel('Table in the database')).toHaveValue('pub');
  await expect(pub).toHaveAttribute('aria-checked', 'true');

  const result = page.getByRole('region', { name: 'What becomes of it' });
  await result.getByText('pub', { exact: true }).click({ timeout: 90_000 });
  await expect(result.getByRole('region', { name: 'First rows of pub' }).getByRole('row')).toHaveCount(3);
  const shown = await gridOf(result.getByRole('region', { name: 'First rows of pub' }), 'tr', 'td');
  await result.getByRole('tab', { name: 'Diagram and SQL' }).click();
  await expect(result.getByText(/references/).first()).toBeVisible();

  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Go on without keeping' }).click();
  await startLoad(page);
  await expect(headline(page, '7 rows loaded')).toBeVisible();
  expect(await app.home.count('book', 'author', 'pub')).toEqual({ book: 2, author: 3, pub: 2 });

  await goTo(page, 'Tables');
  await page.getByRole('navigation', { name: 'Tables of the connection' }).getByRole('link', { name: /^pub/ }).click();
  const table = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: /city/ }) });
  await expect(table.getByRole('row').filter({ hasText: 'Q' })).toBeVisible();
  const loaded = await gridOf(table, '[role=row]', '[role=cell]');
  // Before the values stands each row's number.
  expect(loaded.map((row) => row.slice(1))).toEqual(shown);
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

test('a file that a load would refuse is named with the reason, for the proposal knows nothing of it', async ({
  app,
}) => {
  const folder = join(app.home.files, 'damaged');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'library.xml'), LIBRARY);
  writeFileSync(join(folder, 'broken.xml'), '<library><books><book>');
  await goTo(app.page, 'Load');
  await app.drop(folder);
  const note = app.page.getByRole('status').filter({ hasText: 'was proposed from the files' });
  await expect(note.getByRole('listitem')).toContainText('broken.xml');
});

test('a mapping whose records are there, but which takes none of these files, is not chosen', async ({ app }) => {
  const { page } = app;
  const folder = join(app.home.files, 'xml');
  cpSync(join(REPOSITORY, 'examples/land-records'), folder, { recursive: true });
  const dossiers = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.xml'));
  const flat = join(app.home.files, 'flat');
  mkdirSync(flat);
  for (const [at, path] of dossiers.slice(0, 3).entries()) cpSync(join(folder, path), join(flat, `${at}.xml`));
  await goTo(page, 'Load');
  await app.drop(flat);
  await expect(page.getByText(/was proposed from the files/)).toBeVisible();
  await expect(page.getByRole('tab', { name: 'To load (3)' })).toBeVisible();
});
