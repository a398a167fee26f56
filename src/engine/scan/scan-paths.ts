import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { LoadstoneError } from '#contract/errors';
import type { Mapping } from '#contract/mapping';
import { type FileFingerprint, fingerprintOf } from './fingerprint.ts';
import { compileFileFilter } from './select-files.ts';
import { walkFolder } from './walk-folder.ts';

/** Files whose status is asked for at once. */
const PARALLEL_STATS = 64;

export type ScannedEntry =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly absolute: string;
      readonly root: string;
      readonly fingerprint: FileFingerprint;
    }
  | { readonly kind: 'skipped'; readonly path: string; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly path: string; readonly reason: string };

/**
 * Every file below the chosen paths: to be loaded, left out with the reason, or unreadable. Paths are relative to the
 * chosen folder; with several chosen paths, the folder's name stands before them, so that they stay apart.
 *
 * @throws LoadstoneError PATH_NOT_FOUND when a chosen path does not exist.
 */
export async function* scanPaths(
  paths: readonly string[],
  mapping: Mapping,
  { signal }: { signal: AbortSignal },
): AsyncGenerator<ScannedEntry> {
  const select = compileFileFilter(mapping);
  for (const chosen of paths.map((path) => resolve(path))) {
    const status = await statChosen(chosen);
    if (status.isDirectory()) yield* scanRoot(chosen, paths.length > 1 ? `${basename(chosen)}/` : '', select, signal);
    else yield await describe({ relative: basename(chosen), absolute: chosen }, dirname(chosen), '');
  }
}

async function statChosen(path: string) {
  try {
    return await stat(path);
  } catch (cause) {
    throw new LoadstoneError({
      code: 'PATH_NOT_FOUND',
      message: `${path} cannot be read: ${(cause as Error).message}. Nothing was loaded.`,
      remedy: 'Check the spelling and the permissions of the path.',
      cause,
    });
  }
}

async function* scanRoot(
  root: string,
  prefix: string,
  select: ReturnType<typeof compileFileFilter>,
  signal: AbortSignal,
): AsyncGenerator<ScannedEntry> {
  let pending: Promise<ScannedEntry>[] = [];
  for await (const entry of walkFolder(root, { signal })) {
    if (entry.kind !== 'file') {
      const kind = entry.kind === 'unreadable' ? 'unreadable' : 'skipped';
      yield { kind, path: prefix + entry.entry.relative, reason: entry.entry.reason };
      continue;
    }
    const reason = select(entry.file.relative);
    if (reason !== null) yield { kind: 'skipped', path: prefix + entry.file.relative, reason };
    else pending.push(describe(entry.file, root, prefix));
    if (pending.length < PARALLEL_STATS) continue;
    yield* await Promise.all(pending);
    pending = [];
  }
  yield* await Promise.all(pending);
}

async function describe(
  file: { readonly relative: string; readonly absolute: string },
  root: string,
  prefix: string,
): Promise<ScannedEntry> {
  const path = prefix + file.relative;
  try {
    const fingerprint = fingerprintOf(await stat(file.absolute, { bigint: true }));
    return { kind: 'file', path, absolute: file.absolute, root, fingerprint };
  } catch (thrown) {
    return { kind: 'unreadable', path, reason: (thrown as Error).message };
  }
}
