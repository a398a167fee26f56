import { type Counts, TABLES, writeDossiers } from './harness/dossiers.ts';
import { holdMerges } from './harness/held-merge.ts';
import { act, headline, jobLink } from './harness/job-view.ts';
import { goTo } from './harness/navigation.ts';
import { expect, test } from './harness/test.ts';
import { loadDropped } from './harness/wizard.ts';

const NOTHING: Counts = { canhan: 0, giaychungnhan: 0, thuadat: 0, hoso: 0 };
const MERGING = 'Moving rows into the tables';

test('a cancelled load leaves the tables as they were, and resumed it brings every row once', async ({ app }) => {
  const merges = await holdMerges(app.home);
  const { folder, counts } = writeDossiers(app.home, 'Huyen Mau', { good: 150, badAreas: 2 });
  const { page } = app;
  await loadDropped(app, folder);
  await merges.reached();
  await expect(headline(page, MERGING)).toBeVisible();

  await act(page, 'Cancel');
  await expect(headline(page, 'Cancelled; nothing was loaded')).toBeVisible();
  expect(await app.home.count(...TABLES)).toEqual(NOTHING);

  await merges.release();
  await act(page, 'Resume');
  await expect(headline(page, /rows loaded, not everything/)).toBeVisible();
  expect(await app.home.count(...TABLES)).toEqual(counts);
});

test('a load can be taken back, and the audit log tells of both', async ({ app }) => {
  const { folder, counts } = writeDossiers(app.home, 'Huyen Mau', { good: 20 });
  const { page } = app;
  await loadDropped(app, folder);
  await expect(headline(page, '120 rows loaded')).toBeVisible();
  expect(await app.home.count(...TABLES)).toEqual(counts);
  await expect(page.getByText(/kB, until \d/)).toBeVisible();

  await act(page, 'Undo the load');
  await expect(headline(page, 'The load was undone')).toBeVisible();
  await expect(page.getByText('Every row could be undone.')).toBeVisible();
  expect(await app.home.count(...TABLES)).toEqual(NOTHING);

  await goTo(page, 'Audit');
  const actions = page.getByRole('table').locator('tbody [class*=action]');
  await expect(actions).toHaveText(['Undone', 'Loaded', 'Ordered']);
  await page
    .getByRole('row', { name: /Undone/ })
    .getByRole('button')
    .click();
  const entry = page.getByRole('dialog');
  const [{ path = '', sha256 = '' } = {}] = await app.home.query(
    'select path, sha256 from loadstone.files order by file limit 1',
  );
  await expect(entry.getByText(`${path}`, { exact: true })).toBeVisible();
  await expect(entry.getByText(`${sha256}`)).toBeVisible();
  await expect(entry.getByText('120 removed')).toBeVisible();
  await entry.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('combobox', { name: 'Whose log' }).click();
  await page.getByRole('option', { name: 'Embedded database' }).click();
  await expect(actions).toHaveText(['Undone', 'Loaded']);
  const csv = await app.savedBy(() => page.getByRole('button', { name: 'Export as CSV' }).click());
  expect(csv.trim().split('\r\n')).toEqual([
    expect.stringContaining('id,at,user,host'),
    expect.stringContaining(',undone,,'),
    expect.stringContaining(',merged,,'),
  ]);
  await page.getByRole('link', { name: '#1' }).first().click();
  await expect(headline(page, 'The load was undone')).toBeVisible();
});

test('an undo says before and after which row stays and why, and the row where it comes from', async ({ app }) => {
  const { folder } = writeDossiers(app.home, 'Huyen Mau', { good: 5 });
  const { page } = app;
  await loadDropped(app, folder);
  await expect(headline(page, '30 rows loaded')).toBeVisible();
  await app.home.query(`update canhan set hoten = 'by hand' where canhanid = (select min(canhanid) from canhan)`);

  await page.getByRole('main').getByRole('button', { name: 'Undo the load' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('29 rows that it added are removed.')).toBeVisible();
  const left = /^canhan\s*added\s*canhanid = [\dA-F]{32}\s*Changed since the load by another program, or by hand\.$/;
  await expect(dialog.getByRole('listitem').filter({ hasText: 'by hand' })).toHaveText(left);
  await dialog.getByText('By table').click();
  await dialog.getByRole('link', { name: 'canhan' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Tables' })).toBeVisible();
  await expect(dialog, 'a question stays with the job it is about').toBeHidden();
  await page.goBack();
  await page.getByRole('main').getByRole('button', { name: 'Undo the load' }).click();
  await page.getByRole('dialog', { name: 'Undo job 1?' }).getByRole('button', { name: 'Keep it' }).click();
  expect(await app.home.count('canhan')).toEqual({ canhan: 10 });

  await act(page, 'Undo the load');
  await expect(headline(page, 'Undone, with rows that stay as they are')).toBeVisible();
  await expect(page.getByRole('region', { name: '1 row that was left as it was' }).getByRole('listitem')).toHaveText(
    left,
  );
  expect(await app.home.count(...TABLES)).toEqual({ ...NOTHING, canhan: 1 });

  await page.getByRole('region', { name: 'What the undo did' }).getByRole('link', { name: 'canhan' }).click();
  await page.getByRole('button', { name: 'Show row 1 whole' }).click();
  await page.getByRole('tab', { name: 'Where it comes from' }).click();
  const loads = page.getByRole('list', { name: 'Loads that wrote the row, newest first' }).getByRole('listitem');
  await expect(loads).toHaveText(
    /^Added\s*Job 1.*vn-land-records · .*\.xml, line \d+\s*Undone .*, but this row was left$/,
  );
  await loads.getByRole('link', { name: 'Job 1' }).click();
  await expect(headline(page, 'Undone, with rows that stay as they are')).toBeVisible();
});

test('a page that is reloaded in the middle of a job shows the same job again, and starts no second one', async ({
  app,
}) => {
  const merges = await holdMerges(app.home);
  const { folder, counts } = writeDossiers(app.home, 'Huyen Mau', { good: 150 });
  const { page } = app;
  await loadDropped(app, folder);
  await merges.reached();

  await app.reload();
  await expect(headline(page, MERGING)).toBeVisible();
  await expect(page.getByRole('progressbar').first()).toBeVisible();
  await expect(page.getByRole('img', { name: /^Line chart of the speed over/ })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Job 1' })).toBeVisible();

  await merges.release();
  await expect(headline(page, '900 rows loaded')).toBeVisible();
  expect(await app.home.count(...TABLES)).toEqual(counts);
  await goTo(page, 'Jobs');
  await expect(page.getByText('1 of 1 jobs')).toBeVisible();
});

test('two windows show one job; what one of them cancels and resumes, the other sees', async ({ app }) => {
  const merges = await holdMerges(app.home);
  const { folder, counts } = writeDossiers(app.home, 'Huyen Mau', { good: 100 });
  const { page } = app;
  const other = await app.openSecondWindow();
  await loadDropped(app, folder);
  await goTo(other, 'Jobs');
  await expect(other.getByRole('link', { name: 'Jobs', exact: true })).toHaveAccessibleDescription('1 job is running');
  await jobLink(other, 1, 'Running').click();
  await merges.reached();
  await expect(headline(other, MERGING)).toBeVisible();

  await act(other, 'Cancel');
  await expect(headline(other, 'Cancelled; nothing was loaded')).toBeVisible();
  await expect(headline(page, 'Cancelled; nothing was loaded')).toBeVisible();

  await merges.release();
  await act(page, 'Resume');
  await expect(headline(page, '600 rows loaded')).toBeVisible();
  await expect(headline(other, '600 rows loaded')).toBeVisible();
  expect(await app.home.count(...TABLES)).toEqual(counts);
});

test('a host that is killed in the middle of a load leaves it interrupted, and resumed it ends exactly', async ({
  app,
}) => {
  const merges = await holdMerges(app.home);
  const { folder, counts } = writeDossiers(app.home, 'Huyen Mau', { good: 150, broken: true, badAreas: 3 });
  await loadDropped(app, folder);
  await merges.reached();

  await app.restart('kill');
  const { page } = app;
  await goTo(page, 'Jobs');
  await jobLink(page, 1, 'Interrupted').click();
  await expect(headline(page, 'Interrupted before its end')).toBeVisible();
  expect(await app.home.count(...TABLES)).toEqual(NOTHING);

  await merges.release();
  await act(page, 'Resume');
  await expect(headline(page, /rows loaded, not everything/)).toBeVisible();
  expect(await app.home.count(...TABLES)).toEqual(counts);
});

test('what a command line loads appears in the window by itself, and its end is told there', async ({ app }) => {
  const { folder } = writeDossiers(app.home, 'Huyen Mau', { good: 5 });
  const { page } = app;
  await goTo(page, 'Jobs');
  await expect(page.getByText('Nothing has been loaded yet')).toBeVisible();
  const { code } = await app.home.cli('load', folder, '--mapping', 'vn-land-records', '--json');
  expect(code).toBe(0);
  await expect(jobLink(page, 1, 'Loaded')).toBeVisible();
  const told = page.getByRole('alert').filter({ hasText: 'Job 1 is done' });
  await expect(told).toContainText('30 rows were loaded.');
  await told.getByRole('link', { name: 'Open the job' }).click();
  await expect(headline(page, '30 rows loaded')).toBeVisible();
  await expect(told).toHaveCount(0);
});
