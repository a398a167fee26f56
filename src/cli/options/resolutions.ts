import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { LoadstoneError } from '#contract/errors';
import type { Resolutions } from '#contract/resolutions';

export interface ResolutionsOptions {
  readonly resolutions?: string;
}

export function addResolutionsOption(command: Command): Command {
  return command.option(
    '--resolutions <file>',
    'what shall become of conflicts, by table, column and row (docs/resolutions.md)',
  );
}

/**
 * The resolutions in a file.
 * @throws LoadstoneError RESOLUTIONS_INVALID where it cannot be read, with the place of what is wrong in it.
 */
export async function resolutionsFrom(file: string): Promise<Resolutions> {
  const { readResolutions } = await import('#contract/read-resolutions');
  return readResolutions(await textOf(file), file);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new LoadstoneError({
      code: 'RESOLUTIONS_INVALID',
      message: `"${file}" is not a file that can be read. Nothing was loaded.`,
      remedy: 'Give a file of resolutions; docs/resolutions.md has examples.',
      cause,
    });
  }
}
