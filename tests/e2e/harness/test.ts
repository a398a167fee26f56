import { type Browser, test as base } from '@playwright/test';
import type { App, HostOption } from './app.ts';
import { launchChromium } from './browser.ts';
import { DesktopApp } from './desktop-app.ts';
import { Home } from './home.ts';
import { WebApp } from './web-app.ts';

interface TestFixtures {
  /** A Loadstone that was never started before, with its window open. */
  readonly app: App;
}

interface WorkerFixtures {
  readonly chromiumOnce: () => Promise<Browser>;
}

export const test = base.extend<TestFixtures & HostOption, WorkerFixtures>({
  host: ['web', { option: true }],
  chromiumOnce: [
    async ({ browserName: _ }, use) => {
      let browser: Promise<Browser> | undefined;
      await use(() => {
        browser ??= launchChromium();
        return browser;
      });
      await (await browser)?.close();
    },
    { scope: 'worker' },
  ],
  app: async ({ host, chromiumOnce, locale, colorScheme }, use) => {
    const home = new Home();
    const look = { locale: locale ?? 'en-US', colorScheme: colorScheme === 'dark' ? 'dark' : 'light' } as const;
    try {
      const app =
        host === 'web' ? await WebApp.start(home, await chromiumOnce(), look) : await DesktopApp.start(home, look);
      try {
        await use(app);
      } finally {
        await app.close();
      }
    } finally {
      await home.dispose();
    }
  },
});

export { expect } from './expect.ts';
