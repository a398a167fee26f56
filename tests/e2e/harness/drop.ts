import type { CDPSession, Page } from '@playwright/test';

/** A real drag of absolute paths over the middle of the page and a real drop: the page gets entries it may walk. */
export async function dropPaths(page: Page, session: CDPSession, paths: readonly string[]): Promise<void> {
  const [width, height] = await page.evaluate<readonly [number, number]>('[innerWidth, innerHeight]');
  const point = { x: Math.round(width / 2), y: Math.round(height / 2) };
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...point, data });
  }
}
