import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LoadstoneError } from '#contract/errors';

/**
 * The chosen files and folders as absolute paths.
 * @throws LoadstoneError PATH_NOT_FOUND before anything else is done, naming the path as it was written.
 */
export async function existingPaths(paths: readonly string[]): Promise<string[]> {
  for (const path of paths) {
    try {
      await access(path);
    } catch (cause) {
      throw new LoadstoneError({
        code: 'PATH_NOT_FOUND',
        message: `"${path}" does not exist or cannot be read.`,
        remedy: 'Check the path; one with spaces needs quotes.',
        cause,
      });
    }
  }
  return paths.map((path) => resolve(path));
}
