import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders read at once: enough to hide a network drive's latency, few enough for any file-handle limit. */
const PARALLEL_FOLDERS = 16;

interface FoundFile {
  /** Path below the chosen folder, '/'-separated, as on disk. */
  readonly relative: string;
  readonly absolute: string;
}

/** A folder that could not be looked into (its files are unknown, which must never pass in silence), or no file at all. */
interface NamedEntry {
  readonly relative: string;
  readonly reason: string;
}

export type WalkEntry =
  | { readonly kind: 'file'; readonly file: FoundFile }
  | { readonly kind: 'unreadable' | 'passed-over'; readonly entry: NamedEntry };

/**
 * Every file below `root`, in no particular order, several folders at a time. Links are followed; a folder reached
 * twice (a link to an ancestor, say) is walked once.
 */
export async function* walkFolder(root: string, { signal }: { signal: AbortSignal }): AsyncGenerator<WalkEntry> {
  const visited = new Set([await realpath(root)]);
  const waiting = [''];
  const reading = new Map<string, Promise<FolderContents>>();
  while (waiting.length > 0 || reading.size > 0) {
    signal.throwIfAborted();
    while (waiting.length > 0 && reading.size < PARALLEL_FOLDERS) {
      const folder = waiting.pop() as string;
      reading.set(folder, readFolder(root, folder, visited));
    }
    const contents = await Promise.race(reading.values());
    reading.delete(contents.folder);
    waiting.push(...contents.folders);
    yield* contents.entries;
  }
}

interface FolderContents {
  readonly folder: string;
  readonly folders: readonly string[];
  readonly entries: readonly WalkEntry[];
}

async function readFolder(root: string, folder: string, visited: Set<string>): Promise<FolderContents> {
  const folders: string[] = [];
  const entries: WalkEntry[] = [];
  try {
    const items = await readdir(join(root, folder), { withFileTypes: true });
    // Real folders first: of two ways to one folder the plain one gives its files their paths.
    items.sort((a, b) => Number(a.isSymbolicLink()) - Number(b.isSymbolicLink()));
    for (const item of items) {
      const relative = folder === '' ? item.name : `${folder}/${item.name}`;
      const kind = await kindOf(join(root, relative), item, visited);
      if (kind === 'folder') folders.push(relative);
      else if (kind === 'file') entries.push({ kind: 'file', file: { relative, absolute: join(root, relative) } });
      else entries.push({ kind: 'passed-over', entry: { relative, reason: kind.passedOver } });
    }
  } catch (thrown) {
    entries.push({ kind: 'unreadable', entry: { relative: folder || '.', reason: (thrown as Error).message } });
  }
  return { folder, folders, entries };
}

type Kind = 'file' | 'folder' | { readonly passedOver: string };

async function kindOf(path: string, item: Dirent, visited: Set<string>): Promise<Kind> {
  if (item.isFile()) return 'file';
  if (item.isDirectory()) return firstVisit(path, visited);
  if (!item.isSymbolicLink()) return NOT_A_FILE;
  const target = await stat(path).catch(() => null);
  if (target?.isDirectory()) return firstVisit(path, visited);
  // A dangling link is handed on as a file: reading it fails, and that failure is reported.
  return target === null || target.isFile() ? 'file' : NOT_A_FILE;
}

const NOT_A_FILE: Kind = { passedOver: 'neither a file nor a folder' };

async function firstVisit(path: string, visited: Set<string>): Promise<Kind> {
  const real = await realpath(path);
  if (visited.has(real)) return { passedOver: `leads to a folder that is read already: ${real}` };
  visited.add(real);
  return 'folder';
}
