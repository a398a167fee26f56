import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { LoadstoneError } from '#contract/errors';
import { findPreset, presetNames } from '#contract/presets';
import { readMapping } from '#contract/read-mapping';
import type { Api } from '../api.ts';
import { SavedMappings } from '../saved-mappings.ts';
import type { Services } from '../services.ts';
import { writeJsonFile } from '../write-json-file.ts';
import { admitPaths, writablePath } from './paths.ts';

/** No mapping written by people comes near; a data file chosen by mistake does. */
const MOST_BYTES = 5_000_000;

export function mappingHandlers({ mappings: api }: Api, services: Services) {
  const { shell, home, log } = services.options;
  const { audit } = services.host;
  const saved = new SavedMappings(home, log);
  return {
    list: api.list.handler(() => saved.list()),
    save: api.save.handler(async ({ input: { name, mapping } }) => {
      const kept = await saved.save(name, mapping);
      audit.add({ action: 'mapping_saved', facts: { name: kept.name, tables: mapping.tables.length } });
      return kept;
    }),
    remove: api.remove.handler(async ({ input: { name } }) => {
      await saved.remove(name);
      audit.add({ action: 'mapping_removed', facts: { name } });
      return null;
    }),
    write: api.write.handler(async ({ input: { path, mapping } }) => {
      await writeJsonFile(writablePath(services, path), mapping);
      return null;
    }),
    presets: api.presets.handler(() =>
      presetNames.flatMap((name) => {
        const mapping = findPreset(name);
        return mapping ? [{ name, mapping }] : [];
      }),
    ),
    read: api.read.handler(async ({ input }) => {
      if ('text' in input) return readMapping(input.text, input.name);
      await admitPaths(shell, [input.path]);
      return readMapping(await textOf(input.path), basename(input.path));
    }),
  };
}

async function textOf(path: string): Promise<string> {
  try {
    const found = await stat(path);
    // A pipe or a device would be read for ever.
    if (!found.isFile()) throw unreadable(path);
    if (found.size > MOST_BYTES) throw tooLarge(path);
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw cause instanceof LoadstoneError ? cause : unreadable(path, cause);
  }
}

function tooLarge(path: string): LoadstoneError {
  return new LoadstoneError({
    code: 'MAPPING_INVALID',
    message: `${path} has more than ${MOST_BYTES / 1_000_000} MB: it is no mapping.`,
    remedy: 'Choose the JSON file that says how records become rows.',
  });
}

function unreadable(path: string, cause?: unknown): LoadstoneError {
  return new LoadstoneError({
    code: 'MAPPING_NOT_FOUND',
    message: `${path} cannot be read as a file.`,
    remedy: 'Choose a mapping file that this user may read.',
    cause,
  });
}
