import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that was offered and not fetched for a day will not be. */
const KEPT_MS = 24 * 3_600_000;

/** Files written for a page and never fetched. What cannot be removed stays until the next time. */
export async function removeOldExports(home: string): Promise<void> {
  const folder = join(home, 'exports');
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.startsWith('rejects-'))) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > KEPT_MS) await rm(path, { force: true }).catch(() => {});
  }
}
