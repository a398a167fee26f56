import { expect as base } from '@playwright/test';

/** Waits as long as a busy machine may need, also where no test runs (screenshots.ts). */
export const expect = base.configure({ timeout: 30_000 });
