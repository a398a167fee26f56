import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LoadstoneError } from '#contract/errors';
import type { Mapping } from '#contract/mapping';
import { readMapping } from '#contract/read-mapping';
import type { Log } from '../log.ts';
import { unwritable, writeJsonFile } from './write-json-file.ts';

const ENDING = '.json';
/** The longest name of a file on common file systems, less what is added while it is written. */
const MOST_NAME_BYTES = 230;
/** Mappings that past loads used stand in the same folder, under a hash of their content. */
const OF_A_LOAD = /-[0-9a-f]{12}$/;

interface SavedMapping {
  readonly name: string;
  readonly savedAt: string;
  readonly mapping: Mapping;
}

/** The mappings a user keeps, one file each below the home. */
export class SavedMappings {
  readonly #folder: string;
  readonly #log: Log;

  constructor(home: string, log: Log) {
    this.#folder = join(home, 'mappings');
    this.#log = log;
  }

  /** By name; a file that is no mapping is left out. */
  async list(): Promise<readonly SavedMapping[]> {
    const names = await readdir(this.#folder).catch((): string[] => []);
    const files = names.filter((file) => file.endsWith(ENDING) && !OF_A_LOAD.test(file.slice(0, -ENDING.length)));
    const found = await Promise.all(files.map((file) => this.#read(file)));
    return found.filter((one) => one !== null).sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Whole or not at all. @throws CONFIG_INVALID when it cannot be written */
  async save(name: string, mapping: Mapping): Promise<SavedMapping> {
    const path = this.#path(name);
    const named = { ...mapping, name: name.normalize('NFC') };
    await mkdir(this.#folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
      throw unwritable(path, cause);
    });
    await writeJsonFile(path, named, 0o600);
    return { name: named.name, savedAt: new Date().toISOString(), mapping: named };
  }

  /** One that is not there is removed already. @throws CONFIG_INVALID */
  async remove(name: string): Promise<void> {
    const path = this.#path(name);
    try {
      await rm(path, { force: true });
    } catch (cause) {
      throw unwritable(path, cause);
    }
  }

  async #read(file: string): Promise<SavedMapping | null> {
    const path = join(this.#folder, file);
    try {
      const [text, { mtime }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
      const name = decodeURIComponent(file.slice(0, -ENDING.length)).normalize('NFC');
      return { name, savedAt: mtime.toISOString(), mapping: readMapping(text, file) };
    } catch (err) {
      this.#log.warn({ err, file }, 'a saved mapping cannot be read');
      return null;
    }
  }

  #path(name: string): string {
    const file = fileName(name);
    if (Buffer.byteLength(file) <= MOST_NAME_BYTES) return join(this.#folder, file);
    throw new LoadstoneError({
      code: 'USAGE',
      message: `"${name}" is too long for the name of a file.`,
      remedy: 'Choose a shorter name.',
    });
  }
}

/** A file's name that tells the mapping's: what some file system refuses stands there as in a web address. */
function fileName(name: string): string {
  const safe = name
    .normalize('NFC')
    .replaceAll(/[%/\\:*?"<>|\p{Cc}]|^\.|[. ]$/gu, (sign) => escaped(sign))
    .replace(/^(con|prn|aux|nul|com\d|lpt\d)$/i, (device) => `${escaped(device[0] ?? '')}${device.slice(1)}`);
  return `${OF_A_LOAD.test(safe) ? `${safe.slice(0, -1)}${escaped(safe.slice(-1))}` : safe}${ENDING}`;
}

function escaped(sign: string): string {
  return [...Buffer.from(sign)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
