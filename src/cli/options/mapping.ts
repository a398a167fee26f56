import { readFile } from 'node:fs/promises';
import { LoadstoneError } from '#contract/errors';
import type { Mapping } from '#contract/mapping';
import { usage } from './values.ts';

/**
 * The mapping named by `--mapping`: a preset's name, else a file.
 * @throws LoadstoneError USAGE when none is named, MAPPING_NOT_FOUND, MAPPING_INVALID.
 */
export async function mappingFrom(named: string | undefined): Promise<Mapping> {
  const { findPreset, presetNames } = await import('#contract/presets');
  const presets = presetNames.join(', ');
  if (named === undefined) {
    throw usage(
      'No mapping is named.',
      `Add --mapping with a preset (${presets}) or a mapping file; "loadstone infer" writes one.`,
    );
  }
  const preset = findPreset(named);
  if (preset !== undefined) return preset;
  const { readMapping } = await import('#contract/read-mapping');
  return readMapping(await mappingText(named, presets), named);
}

async function mappingText(named: string, presets: string): Promise<string> {
  try {
    return await readFile(named, 'utf8');
  } catch (cause) {
    throw new LoadstoneError({
      code: 'MAPPING_NOT_FOUND',
      message: `"${named}" is neither a preset nor a file that can be read.`,
      remedy: `Give a mapping file, or one of the presets: ${presets}.`,
      cause,
    });
  }
}
