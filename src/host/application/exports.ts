import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that was offered and not fetched for a day will not be. */
const KEPT_MS = 24 * 3_600_000;

const PREFIXES = ['rejects', 'audit'] as const;

/** Where a file for a page is to be written. */
export async function newExport(home: string, prefix: (typeof PREFIXES)[number]): Promise<string> {
  const folder = join(home, 'exports');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${prefix}-${randomUUID()}.csv`);
}

/** Files written for a page and never fetched. What cannot be removed stays until the next time. */
export async function removeOldExports(home: string): Promise<void> {
  const folder = join(home, 'exports');
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => PREFIXES.some((prefix) => each.startsWith(`${prefix}-`)))) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > KEPT_MS) await rm(path, { force: true }).catch(() => {});
  }
}
