import type { Dirent } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FolderListing } from '#contract/api/sources';
import { LoadstoneError } from '#contract/errors';
import type { Roots } from './roots.ts';

/** More than anyone reads; a folder beyond it is chosen whole, or by going in at another place. */
const MOST_ENTRIES = 2_000;
/** Names of one kind that are looked at and sorted: sorting all of a huge folder would hold up every window. */
const MOST_READ = 5_000;

type Entry = FolderListing['entries'][number];

/** Folder before file, 2 before 10. */
const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/**
 * The folders and files of a folder, without hidden ones and without links that lead outside the roots.
 * @param path null: the roots themselves
 * @throws LoadstoneError PATH_NOT_ALLOWED, PATH_NOT_FOUND, FILE_UNREADABLE
 */
export async function browseFolder(path: string | null, roots: Roots): Promise<FolderListing> {
  if (path === null) return { path: null, parent: null, entries: roots.folders.map(rootEntry), truncated: false };
  const folder = await roots.admit(path);
  const { folders, files, isWhole } = await readNames(folder, roots);
  const sort = (names: readonly string[]) => [...names].sort(byName.compare);
  const shownFolders = sort(folders).slice(0, MOST_ENTRIES);
  const shownFiles = sort(files).slice(0, MOST_ENTRIES - shownFolders.length);
  const sized = await Promise.all(shownFiles.map((name) => fileEntry(join(folder, name))));
  const above = dirname(folder);
  return {
    path: folder,
    parent: above !== folder && roots.holds(above) ? above : null,
    entries: [
      ...shownFolders.map((name): Entry => ({ name, path: join(folder, name), kind: 'folder' })),
      ...sized.filter((entry) => entry !== null),
    ],
    truncated: !isWhole || shownFolders.length + shownFiles.length < folders.length + files.length,
  };
}

function rootEntry(path: string): Entry {
  return { name: path, path, kind: 'folder' };
}

interface Names {
  readonly folders: readonly string[];
  readonly files: readonly string[];
  /** Nothing was left unread. */
  readonly isWhole: boolean;
}

async function readNames(folder: string, roots: Roots): Promise<Names> {
  const names = { folder: [] as string[], file: [] as string[] };
  let isWhole = true;
  try {
    for await (const item of await opendir(folder, { bufferSize: 512 })) {
      if (item.name.startsWith('.')) continue;
      const kind = await kindOf(folder, item, roots);
      if (kind === null) continue;
      if (names[kind].length < MOST_READ) names[kind].push(item.name);
      else isWhole = false;
    }
  } catch (cause) {
    throw unreadable(folder, cause);
  }
  return { folders: names.folder, files: names.file, isWhole };
}

/** @returns null for what is no file and no folder, and for links that are broken or lead outside. */
async function kindOf(folder: string, item: Dirent, roots: Roots): Promise<'folder' | 'file' | null> {
  if (item.isDirectory()) return 'folder';
  if (item.isFile()) return 'file';
  if (!item.isSymbolicLink()) return null;
  try {
    const real = await realpath(join(folder, item.name));
    if (!roots.holds(real)) return null;
    const found = await stat(real);
    if (found.isDirectory()) return 'folder';
    return found.isFile() ? 'file' : null;
  } catch {
    return null;
  }
}

/** @returns null when the file has gone meanwhile. */
async function fileEntry(path: string): Promise<Entry | null> {
  try {
    return { name: basename(path), path, kind: 'file', bytes: (await stat(path)).size };
  } catch {
    return null;
  }
}

function unreadable(folder: string, cause: unknown): LoadstoneError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new LoadstoneError({
    code: 'FILE_UNREADABLE',
    message: `The folder "${folder}" cannot be read: ${why}.`,
    remedy: 'Choose another folder, or give the account that Loadstone runs under permission to read it.',
    cause,
  });
}
