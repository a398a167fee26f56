import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { App } from './app.ts';
import { type DossierFolder, writeDossiers } from './dossiers.ts';
import { expect } from './expect.ts';
import { headline } from './job-view.ts';
import { goTo } from './navigation.ts';
import { toReview } from './wizard.ts';

/** What a second delivery says of the parcel of each dossier: metres more or less, or the same. */
export type Areas = Readonly<Record<number, number>>;

/**
 * Loads a folder by the command line, and writes a second one in which parcels have other areas.
 * @returns the second folder
 */
export async function deliverTwice({ home }: App, good: number, areas: Areas): Promise<DossierFolder> {
  const first = writeDossiers(home, 'Huyen Mau', { good });
  expect(await home.cli('load', first.folder, '--mapping', 'vn-land-records')).toMatchObject({ code: 0 });
  const second = writeDossiers(home, 'Huyen Mau 2', { good: good + 1 });
  const [any = ''] = readdirSync(second.folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.xml'),
  );
  const folder = join(second.folder, dirname(any));
  for (const [number, more] of Object.entries(areas)) {
    const file = join(folder, `${number}.xml`);
    const text = readFileSync(file, 'utf8');
    const other = (_: string, area: string) => `<dienTich>${(Number(area) + more).toFixed(1)}`;
    writeFileSync(file, text.replace(/<dienTich>([\d.]+)/, other));
  }
  return second;
}

/** Drops the folder, finds that a review is meant to come first, and has it checked. */
export async function checkDropped(app: App, folder: string): Promise<void> {
  const { page } = app;
  await goTo(page, 'Load');
  await app.drop(folder);
  await toReview(page);
  await expect(page.getByRole('switch', { name: 'Look at conflicts before anything is merged' })).toBeChecked();
  await page.getByRole('button', { name: 'Stage and check' }).click();
  await expect(headline(page, /^Checked: /)).toBeVisible();
}

/** A conflict of the list that is shown, counted from 1. */
export function conflict(page: Page, place: number): Locator {
  return page.getByRole('grid').getByRole('row').nth(place);
}

/** What the merge would do, once it was counted for what is saved. */
export async function expectEffects(page: Page, words: string): Promise<void> {
  const effects = page.getByRole('group', { name: 'What the merge would do now' });
  await expect(effects).toHaveText(words);
  await expect(effects).toHaveAttribute('aria-busy', 'false');
}

/** Confirms the merge, which must say so much of all tables. */
export async function merge(
  page: Page,
  { added, changed, kept, untouched }: Readonly<Record<'added' | 'changed' | 'kept' | 'untouched', number>>,
): Promise<void> {
  await page.getByRole('button', { name: 'Merge …' }).click();
  const question = page.getByRole('dialog', { name: 'Merge this load?' });
  const sums = question.getByRole('row', { name: /^All tables/ }).locator('td');
  await expect(sums).toHaveText([added, changed, kept, untouched, 0].map(String));
  await question.getByRole('button', { name: 'Merge', exact: true }).click();
}
