import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeDossiers } from './harness/dossiers.ts';
import { goTo } from './harness/navigation.ts';
import { expect, test } from './harness/test.ts';
import { toReview } from './harness/wizard.ts';

const go = async (page: Page, place: string) =>
  await page.getByRole('navigation').getByRole('link', { name: place }).click();

test('the language switches at once, in every window, without losing the screen', async ({ app }) => {
  const other = await app.openSecondWindow();
  await expect(other.getByRole('link', { name: 'Connections' })).toBeVisible();

  await go(app.page, 'Settings');
  await app.page.getByText('Tiếng Việt', { exact: true }).click();

  await expect(app.page.getByRole('heading', { level: 1, name: 'Cài đặt' })).toBeVisible();
  await expect(app.page.locator('html')).toHaveAttribute('lang', 'vi');
  await expect(other.getByRole('link', { name: 'Kết nối' })).toBeVisible();
  await expect(other.locator('html')).toHaveAttribute('lang', 'vi');

  await app.page.getByText('English', { exact: true }).click();
  await expect(app.page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(other.getByRole('link', { name: 'Connections' })).toBeVisible();
});

test('settings outlive the program, and a load beyond the set size is said to run in the background', async ({
  app,
}) => {
  await go(app.page, 'Settings');
  await app.page.getByText('Dark', { exact: true }).click();
  await app.page.getByText('Fixed number', { exact: true }).click();
  await app.page.getByLabel('Number of workers').fill('3');
  await app.page.getByLabel('Megabytes').fill('1');
  await app.page.getByLabel('Megabytes').press('Tab');
  await app.page.getByLabel('Connection pool').fill('7');
  await app.page.getByLabel('Connection pool').press('Tab');
  await expect(app.page.getByText('5 for loading, 2 for looking at data')).toBeVisible();

  await app.restart();

  await expect(app.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await go(app.page, 'Settings');
  await expect(app.page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await expect(app.page.getByLabel('Number of workers')).toHaveValue('3');
  await expect(app.page.getByLabel('Connection pool')).toHaveValue('7');
  await expect(app.page.getByLabel('Megabytes')).toHaveValue('1');

  const large = join(app.home.files, 'large.csv');
  writeFileSync(
    large,
    `id,name\n${Array.from({ length: 40_000 }, (_, id) => `${id},somebody of some place\n`).join('')}`,
  );
  await goTo(app.page, 'Load');
  await app.drop(large);
  await toReview(app.page);
  const note = app.page.getByRole('note').filter({ hasText: 'A large load: it runs in the background' });
  await expect(note).toContainText(/have 1\.1 MB\. Loading them takes about \d+ seconds on an ordinary machine/);
  await expect(note).toContainText(
    app.host === 'web' ? 'or close this page: the load goes on' : 'Closing the last window asks first',
  );
});

test('at the end of a job the browser tells those who look at no page, once, and leads them there', async ({ app }) => {
  test.skip(app.host !== 'web', "the desktop's own notices are proved against its built bundles");
  const { page } = app;
  const context = page.context();
  const { folder } = writeDossiers(app.home, 'Huyen Mau', { good: 3 });
  const load = () => app.home.cli('load', folder, '--mapping', 'vn-land-records', '--no-skip-loaded');
  const toggle = page.getByRole('switch', { name: 'Show one when a job ends' });
  await go(page, 'Settings');
  await toggle.click();
  await expect(page.getByText('This browser has been told not to show notices of this page.')).toBeVisible();
  await expect(toggle).toBeDisabled();

  await context.grantPermissions(['notifications']);
  await context.addInitScript(recordNotices);
  await app.reload();
  await toggle.click();
  await expect(page.getByText('This browser shows them while you look at something else.')).toBeVisible();
  const other = await app.openSecondWindow();
  await load();
  await expect(other.getByText('Job 1 is done')).toBeVisible();
  await expect(page.getByText('Job 1 is done')).toBeVisible();

  for (const one of [page, other]) await loseFocus(one);
  await page.evaluate(setVisibility, 'hidden');
  await load();
  await expect(other.getByText('Job 2 is done')).toBeVisible();
  await expect(page).toHaveTitle('✓ Job 2 – Settings · Loadstone');
  await page.evaluate(setVisibility, 'visible');
  await expect(page).toHaveTitle('Settings · Loadstone');
  await expect.poll(() => other.evaluate(noticesShown)).toHaveLength(1);
  // Both pages show it under one name: the browser shows one.
  const shown = [...(await page.evaluate(noticesShown)), ...(await other.evaluate(noticesShown))];
  expect(new Set(shown.map(({ tag }) => tag)).size).toBe(1);
  expect(shown[0]).toMatchObject({ title: 'Job 2 is done', body: 'There was nothing new to load.' });
  await other.evaluate(pressNotice);
  await expect(other.getByRole('heading', { level: 1, name: 'Job 2' })).toBeVisible();
});

interface ShownNotice {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  onclick(): void;
}
interface NoticePage {
  Notification: new (title: string, options: object) => ShownNotice;
  shown?: ShownNotice[];
}

/** Runs in the page: the browser's own notices, kept to be looked at. */
function recordNotices(): void {
  const page = globalThis as unknown as NoticePage;
  const shown: ShownNotice[] = [];
  page.shown = shown;
  page.Notification = class extends page.Notification {
    constructor(title: string, options: object) {
      super(title, options);
      shown.push(this);
    }
  };
}

function noticesShown(): readonly Omit<ShownNotice, 'onclick'>[] {
  const { shown = [] } = globalThis as unknown as NoticePage;
  return shown.map(({ title, body, tag }) => ({ title, body, tag }));
}

function pressNotice(): void {
  (globalThis as unknown as NoticePage).shown?.[0]?.onclick();
}

/** Runs in the page: a page behind others believes to be visible where there is no screen. */
function setVisibility(value: string): void {
  const { document } = globalThis as unknown as { readonly document: EventTarget };
  Object.defineProperty(document, 'visibilityState', { value, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** As when the user goes to another program: Playwright lets every page believe it is in front. */
async function loseFocus(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  await (await page.context().newPage()).bringToFront();
}

test.describe('on a Vietnamese system', () => {
  test.use({ locale: 'vi-VN' });

  test('everything is in Vietnamese from the first screen on', async ({ app }) => {
    await expect(app.page.locator('html')).toHaveAttribute('lang', 'vi');
    for (const place of ['Nạp', 'Công việc', 'Bảng', 'Kết nối', 'Nhật ký kiểm toán', 'Cài đặt']) {
      await go(app.page, place);
      await expect(app.page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(app.page.getByRole('main')).not.toContainText(/\b(the|and|of)\b/);
    }
  });
});
