import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import type { App } from './harness/app.ts';
import { headline } from './harness/job-view.ts';
import { goTo } from './harness/navigation.ts';
import { expect, test } from './harness/test.ts';
import { expectStep, startLoad, toReview } from './harness/wizard.ts';

const PROPOSED = /was proposed from the files/;

async function openSource(app: App, files: Readonly<Record<string, string>>): Promise<void> {
  const folder = join(app.home.files, 'shop');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  await goTo(app.page, 'Load');
  await app.drop(folder);
  await expectStep(app.page, 'Source');
  await expect(app.page.getByText(PROPOSED)).toBeVisible();
}

function records(page: Page) {
  return page.getByRole('region', { name: /^First records of/ });
}

async function rowsShown(page: Page): Promise<readonly (readonly string[])[]> {
  const rows = await records(page).locator('tbody tr').all();
  return Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
}

test('what was guessed of a CSV file is shown with how sure it is, overridden, seen at once, and taken back', async ({
  app,
}) => {
  const { page } = app;
  await openSource(app, {
    'report.csv': 'Stations of 2024\nid;price\n1;2,50\n2;"3,25"x\n3;4,00\n4;"5,00"\n5;"6,00"\n',
  });
  const skipped = page.getByLabel('Lines to skip at the top');
  await expect(skipped).toHaveValue('1');
  await expect(skipped).toHaveAccessibleDescription(/the lines above have another number of fields: 1/);
  const quote = page.getByLabel('Around fields');
  await quote.selectOption({ label: 'quotation marks "' });
  const broken = records(page).getByRole('row', { name: /Would be rejected/ });
  await expect(broken.getByRole('cell').first()).toHaveText('4');
  await expect(broken).toContainText('2;"3,25"x');
  await expect(page.getByText('1 is broken')).toBeVisible();

  await page.getByLabel('First record', { exact: true }).selectOption({ label: 'is data already' });
  await expect(records(page).getByRole('columnheader', { name: /^column1/ })).toBeVisible();
  await expect(page.getByLabel('First record', { exact: true })).toHaveAccessibleDescription(
    /The guess was: names the columns/,
  );
  await page.getByRole('button', { name: 'Back to the guess: First record' }).click();
  await expect(records(page).getByRole('columnheader', { name: /^price/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Back to the guess: First record' })).toBeHidden();

  await expect(page.getByText(PROPOSED)).toBeVisible();
  await toReview(page);
  await startLoad(page);
  await expect(headline(page, '4 rows loaded')).toBeVisible();
  const prices = await app.home.query<{ price: string }>('select price::text from report order by id');
  expect(prices.map(({ price }) => price)).toEqual(['2.50', '4.00', '5.00', '6.00']);
});

test('without a header the columns are numbered in the mapping, too, and a wrong encoding is seen', async ({ app }) => {
  const { page } = app;
  await openSource(app, { 'a.csv': 'id,name\n1,Huế\n2,Vinh\n' });
  await page.getByRole('combobox', { name: 'Encoding' }).fill('windows-1252');
  await expect.poll(async () => (await rowsShown(page))[0]?.[2]).toBe('Huáº¿');
  // The list of encodings covers what stands below the field until it is left.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Back to the guess: Encoding' }).click();
  await expect.poll(async () => (await rowsShown(page))[0]?.[2]).toBe('Huế');
  await page.getByLabel('First record', { exact: true }).selectOption({ label: 'is data already' });
  await expect.poll(async () => (await rowsShown(page)).length).toBe(3);
  await expect(page.getByText(PROPOSED)).toBeVisible();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByLabel('Name of the column column1')).toBeVisible();
});

const ORDERS = {
  'customers.csv': 'id;name\n1;An\n2;Bình\n',
  'orders-2023.csv': 'order_id;customer;total\n100;1;10,5\n101;2;11,5\n',
  'orders-2024.csv': 'order_id;customer;total\n102;1;7,5\n',
};

test('files with the same columns become one table, or one each, as the switch says', async ({ app }) => {
  const { page } = app;
  await openSource(app, ORDERS);
  const tables = page.getByRole('list', { name: 'Tables and their files' });
  await expect(tables.getByRole('listitem')).toHaveText([
    'customers1 filecustomers.csv',
    'orders2 filesorders-2023.csv, orders-2024.csv',
  ]);
  await page.getByText('One table for each file', { exact: true }).click();
  await expect(tables.getByRole('listitem')).toHaveText([
    'customers1 filecustomers.csv',
    'orders_20231 fileorders-2023.csv',
    'orders_20241 fileorders-2024.csv',
  ]);
  await toReview(page);
  await startLoad(page);
  await expect(headline(page, '5 rows loaded')).toBeVisible();
  expect(await app.home.count('customers', 'orders_2023', 'orders_2024')).toEqual({
    customers: 2,
    orders_2023: 2,
    orders_2024: 1,
  });
});

test('many files into one table are loaded beside the others', async ({ app }) => {
  const { page } = app;
  await openSource(app, ORDERS);
  await toReview(page);
  await startLoad(page);
  await expect(headline(page, '5 rows loaded')).toBeVisible();
  expect(await app.home.count('customers', 'orders')).toEqual({ customers: 2, orders: 3 });
});
