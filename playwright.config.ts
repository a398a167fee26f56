import { defineConfig } from '@playwright/test';
import type { HostOption } from './tests/e2e/harness/app.ts';
import { findElectron } from './tests/helpers/e2e/electron.ts';

/** The same specs against the web host in a browser and against the desktop's window, where Electron is present. */
export default defineConfig<HostOption>({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI === 'true',
  // A test takes seconds; on a machine that is busy with other things it may take its time.
  timeout: 120_000,
  reporter: [['list']],
  use: {
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    trace: { mode: 'retain-on-failure', screenshots: false },
  },
  projects: [
    { name: 'web', use: { host: 'web' } },
    ...('path' in findElectron() ? [{ name: 'desktop', use: { host: 'desktop' as const } }] : []),
  ],
});
