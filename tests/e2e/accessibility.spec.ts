import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { REPOSITORY } from './harness/home.ts';
import { type At, walkDesigner, walkJob, walkOthers, walkReview, walkWizard } from './harness/scenes.ts';
import { expect, test } from './harness/test.ts';

test.describe('no serious accessibility fault, in light or in dark', () => {
  test('in the steps of a load', async ({ app }) => {
    await walkWizard(app.page, judge(app.page));
  });

  test('in the panel of CSV files and in the designer', async ({ app }) => {
    await walkDesigner(app, judge(app.page));
  });

  test('in jobs and their rejects', async ({ app }) => {
    await walkWizard(app.page, async () => {});
    await walkJob(app, judge(app.page));
  });

  test('in the review of conflicts', async ({ app }) => {
    await walkReview(app, judge(app.page));
  });

  test('in tables, connections and settings', async ({ app }) => {
    const example = join(REPOSITORY, 'examples/land-records');
    expect(await app.home.cli('load', example, '--mapping', 'vn-land-records')).toMatchObject({ code: 3 });
    await walkOthers(app.page, judge(app.page));
  });
});

function judge(page: Page): At {
  return async (scene) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
      expect.soft(await faultsOf(page), `${scene}, ${colorScheme}`).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
  };
}

async function faultsOf(page: Page): Promise<readonly string[]> {
  // The other way opens a page of its own, which Electron has none of.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    );
}
