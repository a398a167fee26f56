import type { Locator, Page } from '@playwright/test';
import { BROKEN_FILE, TABLES, writeDossiers } from './harness/dossiers.ts';
import { countsShown, headline } from './harness/job-view.ts';
import { expect, test } from './harness/test.ts';
import { expectStep, loadDropped, startLoad, toReview } from './harness/wizard.ts';

/** What the example's README promises. */
const EXAMPLE = { canhan: 50, giaychungnhan: 26, thuadat: 26, hoso: 31 };
const EXAMPLE_LOADED = '133 rows loaded, not everything';

test('from the first start to the loaded example', async ({ app }) => {
  const { page } = app;
  await expect(page.getByRole('heading', { level: 1, name: 'Load files into PostgreSQL' })).toBeVisible();
  await page.getByRole('button', { name: 'Open the example' }).click();

  await expectStep(page, 'Source');
  await expect(page.getByRole('tab', { name: 'To load (29)' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Left out (13)' })).toBeVisible();
  await toReview(page);

  const preview = page.getByRole('region', { name: 'What the load would do' });
  await expect(preview.getByRole('row', { name: /^canhan 53 50 0 1 1 1$/ })).toBeVisible();
  await preview.getByRole('tab', { name: /^Damaged files/ }).click();
  await expect(preview.getByText('1. Xa Mau/xml/To2/12-not-well-formed.xml:85:')).toBeVisible();
  await preview.getByRole('tab', { name: 'SQL' }).click();
  await expect(preview.getByText(/create table/i).first()).toBeVisible();

  await startLoad(page);
  await expect(headline(page, EXAMPLE_LOADED)).toBeVisible();
  expect(await app.home.count(...TABLES)).toEqual(EXAMPLE);
  const shown = await countsShown(page);
  expect(Object.fromEntries(TABLES.map((table) => [table, shown[table]?.Inserted]))).toEqual(EXAMPLE);

  await page.getByRole('link', { name: 'Open table thuadat' }).click();
  await expect(page.getByText('26 rows').first()).toBeVisible();
});

test('a dropped folder is loaded, and dropped again it brings nothing twice', async ({ app }) => {
  const { folder, counts } = writeDossiers(app.home, 'Hồ sơ huyện', { good: 30 });
  await loadDropped(app, folder);
  await expect(headline(app.page, '180 rows loaded')).toBeVisible();
  await expect(app.page.getByText('Nothing was rejected.')).toBeVisible();
  expect(await app.home.count(...TABLES)).toEqual(counts);

  await loadDropped(app, folder);
  await expect(app.page.getByRole('heading', { level: 1, name: 'Job 2' })).toBeVisible();
  await expect(headline(app.page, /^(Nothing new to load|0 rows loaded)$/)).toBeVisible();
  expect(await app.home.count(...TABLES)).toEqual(counts);
});

test('a broken file among good ones is refused by file, line and column; all others are loaded', async ({ app }) => {
  const { folder, counts } = writeDossiers(app.home, 'Huyen Mau', { good: 10, broken: true });
  await loadDropped(app, folder);
  await expect(headline(app.page, '60 rows loaded, not everything')).toBeVisible();
  const refused = app.page.getByRole('region', { name: 'Files that were refused' });
  await expect(refused.getByText(new RegExp(`1\\. Xa Thu/xml/To1/${BROKEN_FILE}:4:\\d+$`))).toBeVisible();
  await expect(refused.getByText('Nothing of these files was loaded.')).toBeVisible();
  expect(await app.home.count(...TABLES)).toEqual(counts);
});

test('going back loses nothing that was entered', async ({ app }) => {
  const { page } = app;
  await page.getByRole('button', { name: 'Open the example' }).click();
  await toReview(page);
  await page.getByLabel('Schema').fill('archive');
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expectStep(page, 'Mapping');
  await page.getByLabel('Table in the database').fill('persons');
  await app.reload();
  await expectStep(page, 'Mapping');
  await expect(page.getByLabel('Table in the database')).toHaveValue('persons');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Go on without keeping' }).click();
  await expect(page.getByLabel('Schema')).toHaveValue('archive');
  await startLoad(page);
  await expect(headline(page, EXAMPLE_LOADED)).toBeVisible();
  expect(await app.home.count('archive.persons', 'archive.hoso')).toEqual({
    'archive.persons': EXAMPLE.canhan,
    'archive.hoso': EXAMPLE.hoso,
  });
});

test('the whole example is loaded by the keyboard alone', async ({ app }) => {
  const { page } = app;
  await press(page, page.getByRole('button', { name: 'Open the example' }));
  await expectStep(page, 'Source');
  await press(page, page.getByRole('button', { name: 'Next', exact: true }));
  await expectStep(page, 'Mapping');
  await press(page, page.getByRole('button', { name: 'Next', exact: true }));
  await expectStep(page, 'Review');
  await press(page, page.getByRole('main').getByRole('button', { name: 'Load', exact: true }));
  await expect(headline(page, EXAMPLE_LOADED)).toBeVisible();
  await press(page, page.getByRole('link', { name: 'See the rejects' }));
  await expect(page.getByRole('heading', { level: 1, name: 'Rejects of job 1' })).toBeVisible();
});

/** Goes to a control by Tab, sees that the focus shows, and presses it. */
async function press(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeEnabled();
  const focused = control.and(page.locator(':focus-visible'));
  for (let tabs = 0; tabs < 80 && (await focused.count()) === 0; tabs += 1) await page.keyboard.press('Tab');
  await expect(focused).toHaveCount(1);
  await page.keyboard.press('Enter');
}
