import type { Locator, Page } from '@playwright/test';
import { expect } from './expect.ts';

/** What stands of the job, in one line. */
export function headline(page: Page, text: string | RegExp): Locator {
  return page.getByRole('main').getByRole('heading', { level: 2, name: text });
}

/** The link to a job in the list, once it stands there in this state. */
export function jobLink(page: Page, number: number, state: string): Locator {
  return page.getByRole('row', { name: new RegExp(`^${state}\\b`) }).getByRole('link', { name: `#${number} ` });
}

/** The numbers of a finished load as the window shows them: table → column → number. */
export async function countsShown(page: Page): Promise<Readonly<Record<string, Readonly<Record<string, number>>>>> {
  const table = page.getByRole('region', { name: 'Tables' }).getByRole('table');
  await expect(table).toBeVisible();
  const heads = await table.getByRole('columnheader').allTextContents();
  const counts: Record<string, Record<string, number>> = {};
  for (const row of await table.locator('tbody').getByRole('row').all()) {
    const [name = '', ...cells] = await row.locator('th, td').allTextContents();
    counts[name] = Object.fromEntries(cells.map((cell, at) => [heads[at + 1] ?? '', numberIn(cell)]));
  }
  return counts;
}

function numberIn(cell: string): number {
  return Number(cell.replaceAll(/[^\d]/g, '') || 0);
}

/** Presses a button of the job, and confirms where it asks. */
export async function act(page: Page, action: 'Cancel' | 'Resume' | 'Discard' | 'Undo the load'): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: action, exact: true }).click();
  if (action === 'Cancel' || action === 'Resume') return;
  const confirm = action === 'Undo the load' ? /^Undo job \d+$/ : action;
  await page.getByRole('dialog').getByRole('button', { name: confirm, exact: true }).click();
}
