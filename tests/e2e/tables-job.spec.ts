import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import type { App } from './harness/app.ts';
import { headline } from './harness/job-view.ts';
import { goTo } from './harness/navigation.ts';
import { expect, test } from './harness/test.ts';
import { expectStep, startLoad, toReview } from './harness/wizard.ts';

const BOOKS = `<books>
  <book isbn="b1"><title>A</title><author><name>X</name></author><author><name>Y</name></author></book>
  <book isbn="b2"><title>B</title><author><name>Z</name></author></book>
</books>`;

/** The wizard's last step, with a mapping that is proposed for two tables, book and author. */
async function openReview(app: App): Promise<Locator> {
  const folder = join(app.home.files, 'books');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'books.xml'), BOOKS);
  await goTo(app.page, 'Load');
  await app.drop(folder);
  await expectStep(app.page, 'Source');
  await expect(app.page.getByText(/was proposed from the files/)).toBeVisible();
  await toReview(app.page);
  const part = app.page.getByRole('region', { name: 'Tables', exact: true });
  await expect(part.getByRole('status')).toHaveText(/tables (do not )?fit/, { timeout: 90_000 });
  return part;
}

const create = (part: Locator) => part.getByRole('button', { name: 'Create tables' });
const statements = (part: Locator) => part.getByRole('textbox', { name: 'Statements' });

async function columnsOf(app: App, table: string): Promise<readonly unknown[]> {
  const rows = await app.home.query(
    `select column_name as name from information_schema.columns where table_name = '${table}' order by ordinal_position`,
  );
  return rows.map(({ name }) => name);
}

test('tables are created by a button, followed in place, listed as a job, and then loaded into', async ({ app }) => {
  const { page } = app;
  const part = await openReview(app);
  await expect(part.getByRole('row', { name: /^book New table public\.book/ })).toContainText('will be done');
  await expect(statements(part)).toHaveValue(/create table "public"\."book"/);
  await create(part).click();
  await expect(part.getByText('Job 1 is done: the tables fit the mapping.')).toBeVisible();
  await expect(part.getByText('The tables fit the mapping; nothing is to be done.')).toBeVisible();
  await expect(create(part)).toBeDisabled();
  await expect(statements(part)).toBeHidden();
  expect(await app.home.count('book', 'author')).toEqual({ book: 0, author: 0 });

  await part.getByRole('link', { name: 'Open the job' }).click();
  await expect(headline(page, 'The tables fit the mapping')).toBeVisible();
  await expect(page.getByText(/2 tables were created: /)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Statements that ran' })).toContainText('create table "public"."book"');
  await expect(page.getByText(/rows loaded|Data read|Speed/)).toHaveCount(0);
  await goTo(page, 'Jobs');
  await expect(page.getByRole('row', { name: /Tables done/ })).toBeVisible();

  await goTo(page, 'Load');
  await startLoad(page);
  await expect(headline(page, '5 rows loaded')).toBeVisible();
});

test('statements edited wrongly tell the line and leave nothing; put right they create what was meant', async ({
  app,
}) => {
  const part = await openReview(app);
  const planned = await statements(part).inputValue();
  await statements(part).fill(`${planned}\n\nalter table book\n  add column shelf nonsense;`);
  const line = planned.split('\n').length + 3;
  await create(part).click();
  await expect(part.getByRole('alert')).toContainText(`line ${line} of the DDL: type "nonsense" does not exist`);
  await expect(part.getByText('Job 1 failed; nothing was changed.')).toBeVisible();
  expect(await columnsOf(app, 'book')).toEqual([]);
  await expect(statements(part), 'what was written is still there').toHaveValue(/nonsense/);

  await part.getByRole('button', { name: 'Back to the planned statements' }).click();
  await expect(statements(part)).toHaveValue(planned);
  await statements(part).fill(`${planned}\n\nalter table book add column shelf integer;`);
  await create(part).click();
  await expect(part.getByText('Job 2 is done: the tables fit the mapping.')).toBeVisible();
  expect(await columnsOf(app, 'book')).toContain('shelf');
});

test('a long script is cancelled where it was ordered, and can be run again from its job', async ({ app }) => {
  const { page } = app;
  const part = await openReview(app);
  await statements(part).fill(`${await statements(part).inputValue()}\n\nselect pg_sleep(600);`);
  await create(part).click();
  await expect(part.getByText(/statements done/)).toBeVisible();
  await part.getByRole('button', { name: 'Cancel' }).click();
  await expect(part.getByText('Job 1 was cancelled; nothing was changed.')).toBeVisible();
  expect(await columnsOf(app, 'book')).toEqual([]);
  await part.getByRole('link', { name: 'Open the job' }).click();
  await page.getByRole('button', { name: 'Run again' }).click();
  await expect(headline(page, 'Creating and altering tables')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(headline(page, 'Cancelled; no table was changed')).toBeVisible();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await expect(headline(page, 'Discarded; no table was changed')).toBeVisible();
});

test('what cannot be done without loss is refused with its reason; columns that lack can be left out instead', async ({
  app,
}) => {
  await app.home.query('create table book (file text, place integer, isbn text, primary key (file, place))');
  const part = await openReview(app);
  await part.getByRole('combobox', { name: 'What may be done' }).click();
  await app.page.getByRole('option', { name: 'Change nothing' }).click();
  await expect(part.getByText('The tables cannot be made to fit like this. Nothing would be changed.')).toBeVisible();
  await expect(part.getByRole('row', { name: /^book New column title/ })).toContainText('refused');
  await expect(create(part)).toBeDisabled();
  await part.getByRole('combobox', { name: 'What may be done' }).click();
  await app.page.getByRole('option', { name: 'Leave columns out' }).click();
  await expect(part.getByRole('row', { name: /^book New column title/ })).toContainText('stays as it is');
  await part.getByRole('button', { name: 'Use that mapping' }).click();
  await expect(part.getByRole('row', { name: /^author New table/ })).toBeVisible();
  await expect(part.getByRole('row', { name: /title/ })).toHaveCount(0);
});

test('has no serious accessibility fault, and fits a narrow window', async ({ app }) => {
  const { page } = app;
  const part = await openReview(app);
  await statements(part).press('End');
  await statements(part).pressSequentially(' ');
  await page.setViewportSize({ width: 360, height: 800 });
  // The navigation slides away.
  await expect.poll(() => page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)).toBeLessThanOrEqual(360);
  expect(await faultsOf(page, await place(part))).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
  await create(part).press('Enter');
  await expect(part.getByText('Job 1 is done: the tables fit the mapping.')).toBeVisible();
  expect(await faultsOf(page, await place(part))).toEqual([]);
  await part.getByRole('link', { name: 'Open the job' }).click();
  await expect(headline(page, 'The tables fit the mapping')).toBeVisible();
  expect(await faultsOf(page, 'main')).toEqual([]);
});

/** The part alone: the steps of the wizard have their own tests. */
async function place(part: Locator): Promise<string> {
  return `[aria-labelledby="${await part.getAttribute('aria-labelledby')}"]`;
}

async function faultsOf(page: Page, within: string): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).include(within).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`));
}
