import { type Browser, chromium } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from '#tests/helpers/e2e/chromium';

export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium is installed; see scripts/ensure-chromium.mjs.');
  return await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
}
