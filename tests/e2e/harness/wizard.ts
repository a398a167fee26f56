import type { Page } from '@playwright/test';
import type { App } from './app.ts';
import { expect } from './expect.ts';
import { goTo } from './navigation.ts';

/** Drops a folder on the first screen and goes through the steps to the job's view. */
export async function loadDropped(app: App, folder: string): Promise<void> {
  await goTo(app.page, 'Load');
  await app.drop(folder);
  await toReview(app.page);
  await startLoad(app.page);
}

/** From the wizard's first step to its last. */
export async function toReview(page: Page): Promise<void> {
  for (const [step, following] of [
    ['Source', 'Mapping'],
    ['Mapping', 'Review'],
  ] as const) {
    await expectStep(page, step);
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await expectStep(page, following);
  }
}

export async function expectStep(page: Page, step: 'Source' | 'Mapping' | 'Review'): Promise<void> {
  await expect(page.getByRole('heading', { level: 2, name: step, exact: true })).toBeVisible();
}

/** Straight to the merge, also where there are rows already. */
export async function startLoad(page: Page): Promise<void> {
  const main = page.getByRole('main');
  await expect(main.getByRole('button', { name: /^(Load|Stage and check)$/ })).toBeEnabled();
  const look = main.getByRole('switch', { name: 'Look at conflicts before anything is merged' });
  if (await look.isChecked()) await look.click();
  await main.getByRole('button', { name: 'Load', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Job \d+$/ })).toBeVisible();
}
