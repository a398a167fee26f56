import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder every account may enter, so that a server started by root works in it. Removed when disposed. */
export function temporaryFolder(
  prefix = 'loadstone-test-',
  parent = tmpdir(),
): {
  readonly path: string;
  remove(): void;
  [Symbol.dispose](): void;
} {
  const path = mkdtempSync(join(parent, prefix));
  chmodSync(path, 0o755);
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  return { path, remove, [Symbol.dispose]: remove };
}

const MEMORY = '/dev/shm';
const ENOUGH_MEMORY = 4 * 1024 ** 3;

/**
 * Where the shared servers keep their data: in memory where there is plenty, else the folder of temporary files. Each
 * test creates and drops a database of some 300 files, and ext4 takes long to find numbers for new files among those of
 * files it has just removed: a third of all processor time of the integration tests.
 */
export function serversFolder(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ENOUGH_MEMORY ? MEMORY : tmpdir();
}
