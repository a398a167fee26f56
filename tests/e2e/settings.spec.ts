import type { Page } from '@playwright/test';
import { expect, test } from './harness/test.ts';

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

test('settings outlive the program', async ({ app }) => {
  await go(app.page, 'Settings');
  await app.page.getByText('Dark', { exact: true }).click();
  await app.page.getByText('Fixed number', { exact: true }).click();
  await app.page.getByLabel('Number of workers').fill('3');
  await app.page.getByLabel('Connection pool').fill('7');
  await app.page.getByLabel('Connection pool').press('Tab');
  await expect(app.page.getByText('5 for loading, 2 for looking at data')).toBeVisible();

  await app.restart();

  await expect(app.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await go(app.page, 'Settings');
  await expect(app.page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await expect(app.page.getByLabel('Number of workers')).toHaveValue('3');
  await expect(app.page.getByLabel('Connection pool')).toHaveValue('7');
});

test.describe('on a Vietnamese system', () => {
  test.use({ locale: 'vi-VN' });

  test('everything is in Vietnamese from the first screen on', async ({ app }) => {
    await expect(app.page.locator('html')).toHaveAttribute('lang', 'vi');
    for (const place of ['Nạp', 'Công việc', 'Bảng', 'Kết nối', 'Cài đặt']) {
      await go(app.page, place);
      await expect(app.page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(app.page.getByRole('main')).not.toContainText(/\b(the|and|of)\b/);
    }
  });
});
