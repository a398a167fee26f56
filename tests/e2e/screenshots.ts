import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openHostClient } from '#tests/helpers/e2e/host-client';
import { launchChromium } from './harness/browser.ts';
import { Home, REPOSITORY } from './harness/home.ts';
import { walkJob, walkOthers, walkReview, walkWizard } from './harness/scenes.ts';
import { WebApp } from './harness/web-app.ts';

/** Pictures of every screen in both languages, both themes, wide and narrow: `node tests/e2e/screenshots.ts <folder>`. */
const LANGUAGES = ['en', 'vi'] as const;
const THEMES = ['light', 'dark'] as const;
const WIDTHS = [1280, 400] as const;
const HEIGHT = 860;

const [, , folder] = process.argv;
if (folder === undefined) {
  process.stderr.write('Say where the pictures go: node tests/e2e/screenshots.ts <folder>\n');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const home = new Home();
const browser = await launchChromium();
try {
  const app = await WebApp.start(home, browser, { locale: 'en-US', colorScheme: 'light' });
  try {
    const { ask, close } = await openHostClient(app.url);
    let scenes = 0;
    const { page } = app;
    const picture = async (scene: string) => {
      scenes += 1;
      const name = `${`${scenes}`.padStart(2, '0')}-${scene}`;
      for (const language of LANGUAGES) {
        for (const theme of THEMES) {
          await ask.settings.change({ language, theme });
          for (const width of WIDTHS) {
            await page.setViewportSize({ width, height: HEIGHT });
            await settled(page, language, theme);
            await page.screenshot({ path: join(folder, `${name}-${language}-${theme}-${width}.png`), fullPage: true });
          }
        }
      }
      await ask.settings.change({ language: 'en', theme: 'light' });
      await page.setViewportSize({ width: WIDTHS[0], height: HEIGHT });
      await settled(page, 'en', 'light');
      process.stdout.write(`${name}\n`);
    };
    await walkWizard(page, picture);
    await walkJob(app, picture);
    // The walk before took its load back.
    await home.cli('load', join(REPOSITORY, 'examples/land-records'), '--mapping', 'vn-land-records');
    await walkOthers(page, picture);
    await walkReview(app, picture);
    close();
  } finally {
    await app.close();
  }
} finally {
  await browser.close();
  await home.dispose();
}

/** Language and theme have come over from the host, and nothing moves any more. */
async function settled(page: Page, language: string, theme: string): Promise<void> {
  await page.locator(`html[lang="${language}"][data-mantine-color-scheme="${theme}"]`).waitFor();
  await page.evaluate(
    'Promise.allSettled(document.getAnimations().filter((one) => one.effect.getTiming().iterations === 1).map((one) => one.finished))',
  );
}
