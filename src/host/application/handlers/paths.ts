import { access } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { LoadstoneError } from '#contract/errors';
import type { LoadSpec } from '#contract/load';
import type { Shell } from '../application-types.ts';
import type { Services } from '../services.ts';

const SOON_MS = 2_000;

/** Paths that windows may have read, and that are there. @throws USAGE, PATH_NOT_ALLOWED, PATH_NOT_FOUND */
export async function admitPaths(shell: Shell, paths: readonly string[]): Promise<void> {
  const relative = paths.find((path) => !isAbsolute(path));
  if (relative !== undefined) throw notAbsolute(relative);
  await shell.admit(paths);
  const there = await Promise.all(paths.map(exists));
  const missing = paths.find((_, index) => !there[index]);
  if (missing !== undefined) throw notFound(missing);
}

/** The paths of a load. Of a retry each file that is gone fails by itself: here only that it may be read is asked. */
export async function admitSource(shell: Shell, { paths, retry }: Pick<LoadSpec, 'paths' | 'retry'>): Promise<void> {
  if (retry === undefined) await admitPaths(shell, paths);
  else await shell.admit(paths);
}

/** As {@link exists}; a drive that is slow to answer, as one of a network that is away, counts as not there. */
export async function existsSoon(path: string): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), SOON_MS);
  try {
    return await Promise.race([exists(path), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

function notAbsolute(path: string): LoadstoneError {
  return new LoadstoneError({
    code: 'USAGE',
    message: `"${path}" is not a whole path.`,
    remedy: 'Give the path from the root of the file system on.',
  });
}

function notFound(path: string): LoadstoneError {
  return new LoadstoneError({
    code: 'PATH_NOT_FOUND',
    message: `${path} is not there, or cannot be read.`,
    remedy: 'Look whether it was moved or renamed, or its drive removed, then choose it again.',
    place: { path },
  });
}

/** Only a native dialog may name a file to be written. @throws PATH_NOT_ALLOWED */
export function writablePath({ writable }: Pick<Services, 'writable'>, path: string): string {
  if (writable.has(path)) return path;
  throw new LoadstoneError({
    code: 'PATH_NOT_ALLOWED',
    message: `${path} may not be written from here.`,
    remedy: 'Choose the file in the dialog, or leave the path out and download it.',
    place: { path },
  });
}
