import type { Page } from '@playwright/test';
import { expect } from './expect.ts';

type Place = 'Load' | 'Jobs' | 'Tables' | 'Connections' | 'Audit' | 'Settings';

/** Goes to one of the main screens. */
export async function goTo(page: Page, place: Place): Promise<void> {
  // Behind the name may stand what waits there.
  await page
    .getByRole('navigation')
    .getByRole('link', { name: new RegExp(`^${place}\\b`) })
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}
