import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { MappingInput } from '#contract/mapping';
import type { App } from './harness/app.ts';
import { writeDossiers } from './harness/dossiers.ts';
import { headline, jobLink } from './harness/job-view.ts';
import { goTo } from './harness/navigation.ts';
import { expect, test } from './harness/test.ts';
import { expectStep, loadDropped, startLoad } from './harness/wizard.ts';

test('rejects can be sorted, filtered and taken away as the very CSV that the command line writes', async ({ app }) => {
  const { folder } = writeDossiers(app.home, 'Huyen Mau', { good: 3, badAreas: 4 });
  const { page, home } = app;
  await loadDropped(app, folder);
  await expect(headline(page, /rows loaded, not everything/)).toBeVisible();
  await page.getByRole('link', { name: 'See the rejects' }).click();
  await expect(page.getByText('4 objections', { exact: true })).toBeVisible();
  const values = listOf(page).getByText(/^khoảng \d$/);
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

  const search = page.getByRole('search').getByRole('searchbox', { name: /value/ });
  await search.fill('khoảng ');
  await page.waitForURL(/[?&]with=/);
  await expect(search, 'the blank that was typed stays').toHaveValue('khoảng ');
  await search.fill('khoảng 6');
  await expect(values).toHaveText(['khoảng 6']);
  await expect(page.getByText('1 of 4 objections', { exact: true })).toBeVisible();
  const one = (await app.savedBy(pressExport)).trimEnd().split('\n');
  expect(one).toHaveLength(2);
  expect(one[1]).toContain('khoảng 6');

  await app.reload();
  await expect(values).toHaveText(['khoảng 6']);
});

test('rejected rows are corrected, tried out and loaded until none is left', async ({ app }) => {
  // Four loads, one after the other.
  test.slow();
  const { page, home } = app;
  await loadParcels(app);
  await goTo(page, 'Jobs');
  await jobLink(page, 1, 'Loaded with rejects').click();
  await page.getByRole('link', { name: 'See the rejects' }).click();

  await test.step('one value in place, by the keyboard, and one for several rows', async () => {
    await page.getByText('Column', { exact: true }).first().click();
    await page.getByRole('button', { name: /^area/ }).click();
    await expect(page.getByText('5 of 6 objections')).toBeVisible();
    await listOf(page).press('ArrowDown');
    const area = page.getByRole('region', { name: 'Values of the row' }).getByRole('textbox', { name: 'area' });
    await expect(area).toHaveValue('khoảng 4');
    await expect(page.getByRole('region', { name: /the record in lines/ }).locator('mark')).toHaveText('khoảng 4');
    await listOf(page).press('Enter');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('4,5');
    await page.keyboard.press('Enter');
    await expect(page.getByText('“4,5” is not a number')).toBeVisible();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('4.5');
    await page.keyboard.press('Alt+ArrowDown');
    await expect(area).toHaveValue('chưa đo');
    await expect(area).toBeFocused();
    await area.fill('12');
    await area.press('Enter');
    await page.getByRole('button', { name: 'Give all 2 other rows with “chưa đo” the same' }).click();
    await expect(bar(page)).toContainText('6 rows are not loaded; 4 of them corrected.');
  });

  await test.step('what is chosen and corrected outlives a reload, and is seen in other windows', async () => {
    await app.reload();
    const areaIn = (window: Page) =>
      window.getByRole('region', { name: 'Values of the row' }).getByRole('textbox', { name: 'area' });
    await expect(areaIn(page)).toHaveValue('12');
    await expect(page.getByText('5 of 6 objections')).toBeVisible();
    const other = await app.openSecondWindow();
    await other.goto(page.url());
    for (const value of ['13', '12']) {
      await areaIn(other).fill(value);
      await areaIn(other).press('Enter');
      await expect(areaIn(page)).toHaveValue(value);
    }
    await other.close();
  });

  await test.step('a trial tells what loading then does', async () => {
    await bar(page).getByRole('button', { name: 'Try it' }).click();
    await expect(bar(page)).toContainText('4 rows would be loaded now. 2 would be rejected again.');
    expect(await home.count('parcel')).toEqual({ parcel: 1 });
    await loadRejects(page, /^4 rows loaded/);
    await expect(page.getByRole('link', { name: 'Loads only what was rejected of job 1.' })).toBeVisible();
    expect(await areas(app)).toEqual({ 1: 10.5, 2: 4.5, 3: 12, 4: 12, 5: 12 });
    await page.getByRole('link', { name: 'See what is left' }).click();
    await expect(listOf(page).getByRole('row', { name: /^parcels/ })).toHaveCount(2);
    await expect(listOf(page)).toContainText('80,5');
    await expect(listOf(page)).toContainText('hôm qua');
  });

  await test.step('the mapping is corrected for one of the rest', async () => {
    await bar(page).getByRole('button', { name: 'Correct the mapping' }).click();
    await expectStep(page, 'Mapping');
    await app.reload();
    await expect(page.getByText('Only the 2 rejected rows of job 1 are loaded')).toBeVisible();
    await page.getByRole('button', { name: /area/ }).click();
    await page.getByLabel('Decimal sign').selectOption('.,');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await page.getByRole('button', { name: 'Go on without keeping' }).click();
    await expect(page.getByRole('row', { name: /^parcel 2 1 0 0 0 1$/ })).toBeVisible();
    await startLoad(page);
    await expect(headline(page, /^1 row loaded/)).toBeVisible();
    expect(await areas(app)).toMatchObject({ 6: 80.5 });
  });

  await test.step('the last one comes back corrected in its CSV, and nothing is left', async () => {
    await page.getByRole('link', { name: 'See what is left' }).click();
    await expect(listOf(page).getByRole('row', { name: /^parcels/ })).toHaveCount(1);
    const csv = await app.savedBy(async () => await page.getByRole('button', { name: 'Export as CSV' }).click());
    const corrected = join(home.files, 'corrected.csv');
    writeFileSync(corrected, csv.replace('hôm qua', '2024-02-03'));
    await app.choose(corrected, async () => await page.getByRole('button', { name: 'Import corrected CSV' }).click());
    await expect(page.getByText('1 value corrected')).toBeVisible();
    await loadRejects(page, /^1 row loaded$/);
    await page.getByRole('link', { name: 'Rejects of job 1' }).click();
    await expect(page.getByText('Every row that was rejected is loaded by now.')).toBeVisible();
    expect(await home.query(`select count(*)::int as rows, max(seen)::text as seen from parcel`)).toEqual([
      { rows: 7, seen: '2024-02-03' },
    ]);
    await page.getByRole('button', { name: 'Show what was rejected' }).click();
    await expect(listOf(page).getByRole('row', { name: /Loaded meanwhile by job 2/ })).toHaveCount(4);
  });
});

test('rejects of a load that stopped before its merge are shown, and cannot be corrected yet', async ({ app }) => {
  const { page } = app;
  await loadParcels(app, '--max-rejects', '2');
  await goTo(page, 'Jobs');
  await jobLink(page, 1, 'Failed').click();
  await page.getByRole('link', { name: 'See all rejects' }).click();
  await expect(page.getByText('To be looked at only')).toBeVisible();
  await listOf(page).press('ArrowDown');
  const area = page.getByRole('region', { name: 'Values of the row' }).getByRole('textbox', { name: 'area' });
  await expect(area).toHaveValue('khoảng 4');
  await expect(area).not.toBeEditable();
  await expect(bar(page)).toBeHidden();
});

function listOf(page: Page): Locator {
  return page.getByRole('grid', { name: 'Rejects' });
}

function bar(page: Page): Locator {
  return page.getByRole('region', { name: 'Load the rejected rows' });
}

async function loadRejects(page: Page, expected: RegExp): Promise<void> {
  await bar(page)
    .getByRole('button', { name: /^Load th/ })
    .click();
  await expect(headline(page, expected)).toBeVisible();
}

const MAPPING: MappingInput = {
  version: 1,
  name: 'parcels',
  source: { format: 'xml' },
  tables: [
    {
      name: 'parcel',
      records: 'parcel',
      columns: [
        { name: 'id', type: 'integer', path: '@id' },
        { name: 'area', type: 'numeric(8,2)', path: 'area' },
        { name: 'seen', type: 'date', path: 'seen' },
      ],
      key: ['id'],
    },
  ],
};

/** One parcel that is right, five whose area is wrong, and one with a wrong date, loaded by the command line. */
async function loadParcels({ home }: App, ...options: readonly string[]): Promise<void> {
  const folder = join(home.files, 'parcels');
  mkdirSync(folder);
  const parcels = ['10.5', 'khoảng 4', 'chưa đo', 'chưa đo', 'chưa đo', '80,5', '7'].map(
    (area, at) =>
      `  <parcel id="${at + 1}">\n    <area>${area}</area>\n    <seen>${at === 6 ? 'hôm qua' : '2024-01-01'}</seen>\n  </parcel>\n`,
  );
  writeFileSync(join(folder, 'parcels.xml'), `<parcels>\n${parcels.join('')}</parcels>\n`);
  const mapping = join(home.files, 'parcels.json');
  writeFileSync(mapping, JSON.stringify(MAPPING));
  const { code } = await home.cli('load', folder, '--mapping', mapping, ...options);
  expect(code).toBeGreaterThan(0);
}

async function areas({ home }: App): Promise<Readonly<Record<string, number>>> {
  const rows = await home.query<{ id: number; area: number }>('select id, area::float as area from parcel order by id');
  return Object.fromEntries(rows.map(({ id, area }) => [id, area]));
}
