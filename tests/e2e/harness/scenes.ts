import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { App } from './app.ts';
import { expect } from './expect.ts';
import { holdMerges } from './held-merge.ts';
import { headline } from './job-view.ts';
import { goTo } from './navigation.ts';
import { conflict, deliverTwice, expectEffects } from './review.ts';
import { expectStep, startLoad, toReview } from './wizard.ts';

/** What is done at a scene; it must leave the page as it found it. */
export type At = (scene: string) => Promise<void>;

/** The wizard in English, from the first screen to its last step, with the example in it. */
export async function walkWizard(page: Page, at: At): Promise<void> {
  await expect(page.getByRole('button', { name: 'Open the example' })).toBeVisible();
  await at('load-start');
  await page.getByRole('button', { name: 'Open the example' }).click();
  await expect(page.getByRole('tab', { name: 'To load (29)' })).toBeVisible();
  await at('load-source');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expectStep(page, 'Mapping');
  await expect(page.getByText('Reading a few sample values')).toBeHidden();
  await at('load-mapping');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expectStep(page, 'Review');
  await expect(page.getByText('Nothing was written to the database.')).toBeVisible();
  await at('load-review');
  for (const tab of ['SQL', 'Rejects', 'Damaged files', 'Conflicts', 'Warnings']) {
    await page.getByRole('tab', { name: tab }).click();
    await at(`load-review-${tab.toLowerCase().replace(' ', '-')}`);
  }
}

/** What is guessed of CSV files, and what somebody says instead; the panes of the designer. */
export async function walkDesigner(app: App, at: At): Promise<void> {
  const { page, home } = app;
  const folder = join(home.files, 'shop');
  mkdirSync(folder);
  writeFileSync(join(folder, 'customers.csv'), 'id;name\n1;An\n2;"B"x\n3;"C"\n4;"D"\n');
  writeFileSync(join(folder, 'orders-1.csv'), 'order_id;customer;total\n1;1;2,5\n');
  writeFileSync(join(folder, 'orders-2.csv'), 'order_id;customer;total\n2;1;3,5\n');
  await goTo(page, 'Load');
  await app.drop(folder);
  await expect(page.getByText(/was proposed from the files/)).toBeVisible();
  await page.getByLabel('Around fields').selectOption({ label: 'quotation marks "' });
  await page.getByLabel('First record', { exact: true }).selectOption({ label: 'is data already' });
  await expect(page.getByText('1 is broken')).toBeVisible();
  await expect(page.getByText(/was proposed from the files/)).toBeVisible();
  await at('csv-panel');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByText('Elements', { exact: true }).click();
  await expect(page.getByText(/files were tried out/)).toBeVisible();
  await page.getByRole('button', { name: 'Add a reference' }).click();
  await expect(page.getByLabel('When that row is deleted later')).toBeVisible();
  await page.getByRole('tab', { name: 'Diagram and SQL' }).click();
  // What is out of date while it is tried out anew is dimmed; this reference is refused.
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await at('designer');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Go on without keeping' })).toBeVisible();
  await at('leaving-the-mapping');
}

/** From the wizard's last step: the job as it runs and as it ended, its rejects, and the list of jobs. */
export async function walkJob({ page, home }: App, at: At): Promise<void> {
  const merges = await holdMerges(home);
  await startLoad(page);
  await merges.reached();
  await expect(headline(page, 'Moving rows into the tables')).toBeVisible();
  await at('job-running');
  await merges.release();
  await expect(headline(page, /rows loaded/)).toBeVisible();
  await at('job-ended');
  await page.getByRole('link', { name: 'See the rejects' }).click();
  await at('rejects');
  await page.getByRole('grid', { name: 'Rejects' }).press('ArrowDown');
  await expect(page.getByRole('region', { name: 'Values of the row' }).getByRole('textbox').first()).toBeVisible();
  await at('reject-chosen');
  await walkCorrection(page, at);
  await goTo(page, 'Jobs');
  await expect(page.getByText('1 of 1 jobs')).toBeVisible();
  await at('jobs');
  await walkUndo({ page, home }, at);
}

/** A row was changed by hand: what the undo would do, and what it has done. */
async function walkUndo({ page, home }: Pick<App, 'page' | 'home'>, at: At): Promise<void> {
  await home.query(`update canhan set hoten = 'by hand' where canhanid = (select min(canhanid) from canhan)`);
  await page.getByRole('link', { name: '#1 ' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Undo the load' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/row stays as it is:$/)).toBeVisible();
  await at('undo-dialog');
  await dialog.getByRole('button', { name: /^Undo job/ }).click();
  await expect(page.getByRole('region', { name: /left as it was$/ })).toBeVisible();
  await at('job-undone');
}

/** A second delivery that contradicts the first: what waits, its conflicts, one of them, and the question before the merge. */
export async function walkReview(app: App, at: At): Promise<void> {
  const { page } = app;
  const { folder } = await deliverTwice(app, 4, { 1: 5, 2: 5, 3: -5, 4: -5 });
  await goTo(page, 'Load');
  await app.drop(folder);
  await toReview(page);
  await expect(page.getByRole('button', { name: 'Stage and check' })).toBeEnabled();
  await expect(page.getByText('Nothing was written to the database.')).toBeVisible();
  await at('load-review-first');
  await page.getByRole('button', { name: 'Stage and check' }).click();
  await expect(headline(page, 'Checked: 4 conflicts wait for your decision')).toBeVisible();
  await at('job-waiting');
  await page.getByRole('link', { name: 'Review', exact: true }).click();
  await conflict(page, 1).getByRole('button', { name: 'Take new' }).click();
  await expectEffects(page, '1 row will be changed, 3 kept as they are');
  await page.getByRole('button', { name: '1 choice for rows' }).click();
  await page.getByRole('button', { name: 'By column' }).click();
  await page.getByRole('button', { name: 'dienTich: 4' }).click();
  await expect(page.getByRole('button', { name: 'For all 4 that match' })).toBeEnabled();
  await at('review');
  await conflict(page, 1).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('row', { name: /^dienTich numeric/ })).toBeVisible();
  await at('review-conflict');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: /^Repeated in the load/ }).click();
  await at('review-repeated');
  await page.getByRole('button', { name: 'Merge …' }).click();
  await expect(page.getByRole('dialog').getByRole('row', { name: /^All tables/ })).toBeVisible();
  await at('review-merge');
  await page.keyboard.press('Escape');
  await goTo(page, 'Jobs');
  await page.getByRole('radiogroup', { name: 'Which jobs' }).getByText('Waiting for review').click();
  await expect(page.getByRole('link', { name: /^Review job/ })).toBeVisible();
  await at('jobs-waiting');
}

/** Something is corrected and tried out; the wizard, as it loads nothing but what was rejected. */
async function walkCorrection(page: Page, at: At): Promise<void> {
  const field = page.getByRole('region', { name: 'Values of the row' }).getByRole('textbox').first();
  await field.fill('1');
  await field.press('Enter');
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByRole('button', { name: 'Why not?' }).click();
  await expect(page.getByRole('region', { name: 'Why not?' })).toBeVisible();
  await at('reject-tried');
  await page.getByRole('button', { name: 'Correct the mapping' }).click();
  await expectStep(page, 'Mapping');
  await expect(page.getByText('Reading a few sample values')).toBeHidden();
  await at('retry-mapping');
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(page.getByRole('grid', { name: 'Rejects' })).toBeVisible();
}

/** The other screens, after the example was loaded. */
export async function walkOthers(page: Page, at: At): Promise<void> {
  await walkTables(page, at);
  await walkConnections(page, at);
  await goTo(page, 'Audit');
  // Whoever took pictures changed the settings often: it may stand far below.
  await page.getByRole('combobox', { name: 'Action' }).click();
  await page.getByRole('option', { name: 'Loaded', exact: true }).click();
  await page
    .getByRole('row', { name: /Loaded/ })
    .first()
    .getByRole('button')
    .click();
  await expect(page.getByRole('dialog').getByRole('heading', { name: 'Files' })).toBeVisible();
  await at('audit-entry');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await at('audit');
  await goTo(page, 'Settings');
  await at('settings');
}

async function walkTables(page: Page, at: At): Promise<void> {
  await goTo(page, 'Tables');
  await expect(page.getByText('Choose a table')).toBeVisible();
  await at('tables');
  await page
    .getByRole('navigation', { name: 'Tables of the connection' })
    .getByRole('link', { name: /^thuadat/ })
    .click();
  await expect(page.getByText('26 rows').first()).toBeVisible();
  await at('table-rows');
  await page.getByRole('button', { name: 'Show row 1 whole' }).click();
  await page.getByRole('tab', { name: 'Where it comes from' }).click();
  await expect(page.getByRole('list', { name: 'Loads that wrote the row, newest first' })).toBeVisible();
  await at('row-trace');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  for (const tab of ['Columns', 'References', 'Indexes']) {
    await page.getByRole('tab', { name: tab }).click();
    await at(`table-${tab.toLowerCase()}`);
  }
}

async function walkConnections(page: Page, at: At): Promise<void> {
  await goTo(page, 'Connections');
  await at('connections');
  await page.getByRole('link', { name: 'Add a server' }).click();
  const form = page.getByRole('dialog', { name: 'Add a server' });
  await form.getByRole('textbox', { name: 'Host' }).fill('127.0.0.1');
  await form.getByLabel('Port').fill('1');
  await form.getByRole('textbox', { name: 'Database' }).fill('archive');
  await form.getByRole('textbox', { name: 'User' }).fill('clerk');
  await form.getByRole('button', { name: 'Test' }).click();
  await expect(form.getByRole('alert')).toBeVisible();
  await at('connection-form');
  await form.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Leave without saving' }).click();
}
