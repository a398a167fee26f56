import type { App } from './harness/app.ts';
import { act, headline } from './harness/job-view.ts';
import { goTo } from './harness/navigation.ts';
import { checkDropped, conflict, deliverTwice, expectEffects, merge } from './harness/review.ts';
import { expect, test } from './harness/test.ts';

test('conflicts of a second delivery are decided by filter and row by row, merged so, and undone', async ({ app }) => {
  const { page } = app;
  const { folder } = await deliverTwice(app, 6, { 1: 5, 2: 5, 3: 5, 4: -5, 5: -5, 6: -5 });
  const before = await areas(app);
  await checkDropped(app, folder);
  await expect(headline(page, 'Checked: 6 conflicts wait for your decision')).toBeVisible();
  await expect(
    page.getByText('6 rows are new. 30 rows are in the tables already. 6 rows are there with other'),
  ).toBeVisible();
  expect(await areas(app), 'nothing is merged yet').toEqual(before);
  await expect(page.getByRole('img', { name: '1 load waits for review' })).toBeVisible();

  await page.getByRole('link', { name: 'Review', exact: true }).click();
  await expectEffects(page, '0 rows will be changed, 6 kept as they are');
  await page.setViewportSize({ width: 360, height: 800 });
  await expect.poll(() => page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)).toBeLessThanOrEqual(360);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByLabel('Column', { exact: true }).selectOption('dienTich');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('3 of 6 conflicts')).toBeVisible();
  await page.getByRole('button', { name: 'For all 3 that match' }).click();
  await page.getByRole('menuitem', { name: 'Take the new' }).click();
  await expectEffects(page, '3 rows will be changed, 3 kept as they are');

  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await conflict(page, 1).getByRole('button', { name: 'Keep' }).click();
  await conflict(page, 4).focus();
  await page.keyboard.press('2');
  await expectEffects(page, '3 rows will be changed, 3 kept as they are');
  await page.getByRole('button', { name: '3 choices for rows' }).click();
  await expect(page.getByRole('list', { name: 'Choices for rows' }).getByRole('listitem')).toHaveText([
    'thuadat: where dienTich is newer or greater → Take the new',
    /^thuadat: the row .+ → Keep what is there$/,
    /^thuadat: the row .+ → Take the new$/,
  ]);

  await page.getByRole('combobox', { name: 'Which conflicts' }).click();
  await page.getByRole('option', { name: 'Is changed' }).click();
  await app.reload();
  await expect(page.getByText('3 of 6 conflicts')).toBeVisible();
  await expectEffects(page, '3 rows will be changed, 3 kept as they are');
  await expect(conflict(page, 3).getByRole('button', { name: 'Take new' })).toHaveAttribute('aria-pressed', 'true');
  await conflict(page, 3).focus();
  await page.keyboard.press('Enter');
  const both = page.getByRole('dialog').getByRole('row', { name: /^dienTich numeric/ });
  const [, old = 0, now = 0, result = 0] = (await both.locator('th, td').allTextContents()).map((text) => Number(text));
  expect([old - now, result - now]).toEqual([5, 0]);
  await page.keyboard.press('Escape');
  await expect(conflict(page, 3), 'the focus comes back').toBeFocused();

  await merge(page, { added: 6, changed: 3, kept: 3, untouched: 30 });
  await expect(headline(page, '9 rows loaded')).toBeVisible();
  const changes = [0, 5, 5, -5, 0, 0];
  expect((await areas(app)).slice(0, 6)).toEqual(before.map((area, at) => area + (changes[at] ?? 0)));
  await act(page, 'Undo the load');
  await expect(headline(page, 'The load was undone')).toBeVisible();
  expect(await areas(app)).toEqual(before);
});

test('what other windows decide is seen, and a target that moved on stops the merge until it was looked at', async ({
  app,
}) => {
  const { page } = app;
  const { folder } = await deliverTwice(app, 4, { 1: 5, 2: -5 });
  const before = await areas(app);
  await checkDropped(app, folder);
  await page.getByRole('link', { name: 'Review', exact: true }).click();
  await expectEffects(page, '0 rows will be changed, 2 kept as they are');

  const other = await app.openSecondWindow();
  await goTo(other, 'Jobs');
  await other.getByRole('link', { name: 'Review job 2' }).click();
  await other.getByRole('combobox', { name: 'In thuadat' }).click();
  await other.getByRole('option', { name: 'Take the new' }).click();
  await expect(page.getByText('Somebody changed the choices elsewhere')).toBeVisible();
  await expectEffects(page, '2 rows will be changed, 0 kept as they are');
  await page.getByRole('button', { name: 'Choices as a file' }).click();
  const saved = await app.savedBy(() => page.getByRole('menuitem', { name: 'Save the choices as a file' }).click());
  expect(JSON.parse(saved)).toEqual({ version: 1, tables: { thuadat: { use: 'overwrite' } } });

  await app.home.query(`update thuadat set dienTich = dienTich + 1 where soThuTuThua = '2'`);
  await merge(page, { added: 6, changed: 2, kept: 0, untouched: 10 });
  await expect(page.getByRole('alert')).toContainText('Nothing was merged. 1 conflict came, went or changed since.');
  expect(await areas(app)).toEqual(before.map((area, at) => (at === 1 ? area + 1 : area)));

  await page.getByRole('button', { name: 'Merge …' }).click();
  const accept = page.getByRole('checkbox', { name: 'Merge also when the tables have changed since the check' });
  await accept.press('Space');
  for (const [choice, changed] of [
    ['Keep what is there', '0'],
    ['Take the new', '2'],
  ] as const) {
    await other.getByRole('combobox', { name: 'In thuadat' }).click();
    await other.getByRole('option', { name: choice, exact: true }).click();
    const sums = page.getByRole('dialog').getByRole('row', { name: /^All tables/ });
    await expect(sums.locator('td').nth(1)).toHaveText(changed);
    await expect(accept, 'what others decide does not take the question apart').toBeChecked();
    await expect(accept).toBeFocused();
  }
  await page.getByRole('dialog').getByRole('button', { name: 'Not yet' }).click();
  await page.getByRole('link', { name: 'Review', exact: true }).click();
  await expectEffects(page, '2 rows will be changed, 0 kept as they are');
  await merge(page, { added: 6, changed: 2, kept: 0, untouched: 10 });
  await expect(headline(page, '8 rows loaded')).toBeVisible();
  expect((await areas(app)).slice(0, 4)).toEqual(before.map((area, at) => area + ([5, -5][at] ?? 0)));
  await expect(other.getByText('Nothing waits for review here')).toBeVisible();
});

/** Of all parcels, by their number. */
async function areas({ home }: App): Promise<readonly number[]> {
  const rows = await home.query<{ area: number }>('select dienTich::float8 as area from thuadat order by soThuTuThua');
  return rows.map(({ area }) => area);
}
