import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, resolve, sep } from 'node:path';
import { LoadstoneError } from '#contract/errors';
import { systemCode } from './http-failure.ts';

/** The folders below which pages may look around and load from, links resolved. */
export interface Roots {
  readonly folders: readonly string[];
  /**
   * @returns the path with all links resolved
   * @throws LoadstoneError PATH_NOT_ALLOWED, PATH_NOT_FOUND
   */
  admit(path: string): Promise<string>;
  /** Whether a path without links lies in one of the folders. */
  holds(real: string): boolean;
}

/**
 * The folders that the user named, or else the usual ones.
 * @throws LoadstoneError PATH_NOT_FOUND where a named one is no folder
 */
export async function allowedRoots(named: readonly string[], usual: readonly string[]): Promise<Roots> {
  for (const folder of named) {
    const found = await stat(folder).catch(() => null);
    if (found?.isDirectory()) continue;
    throw new LoadstoneError({
      code: 'PATH_NOT_FOUND',
      message: `--root "${folder}" ${found === null ? 'does not exist or cannot be read' : 'is not a folder'}.`,
      remedy: 'Check the path; one with spaces needs quotes.',
    });
  }
  return openRoots((named.length > 0 ? named : usual).map((folder) => resolve(folder)));
}

/** @param folders absolute; those that are not there are left out */
export async function openRoots(folders: readonly string[]): Promise<Roots> {
  const found = await Promise.all(folders.map((folder) => realpath(folder).catch(() => null)));
  const real = [...new Set(found.filter((folder) => folder !== null))];
  const holds = (path: string) => real.some((root) => isWithin(path, root));
  const admit = async (path: string): Promise<string> => {
    if (!isAbsolute(path) || path.includes('\0')) throw notAllowed(path);
    try {
      const resolved = await realpath(path);
      if (holds(resolved)) return resolved;
    } catch (cause) {
      // Outside the roots not even the absence of a file is told.
      if (holds(path)) throw missing(path, cause);
    }
    throw notAllowed(path);
  };
  return { folders: real, admit, holds };
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function notAllowed(path: string): LoadstoneError {
  return new LoadstoneError({
    code: 'PATH_NOT_ALLOWED',
    message: `"${path}" is outside the folders that this host may read for a window.`,
    remedy:
      'Choose a folder from the list, drop the files on the page, or start "loadstone serve" with --root <folder>.',
  });
}

function missing(path: string, cause: unknown): LoadstoneError {
  if (systemCode(cause) === 'EACCES') {
    return new LoadstoneError({
      code: 'FILE_UNREADABLE',
      message: `"${path}" may not be read by the account that Loadstone runs under.`,
      remedy: 'Give that account permission to read it, or choose another folder.',
      cause,
    });
  }
  return new LoadstoneError({
    code: 'PATH_NOT_FOUND',
    message: `"${path}" does not exist any more.`,
    remedy: 'Choose the folder again.',
    cause,
  });
}
