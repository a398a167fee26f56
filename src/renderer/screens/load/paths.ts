/** Adds paths behind those chosen before, none twice. */
export function addPaths(chosen: readonly string[], added: readonly string[]): readonly string[] {
  return [...new Set([...chosen, ...added])];
}

export function samePaths(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((path, at) => path === right[at]);
}

/** The folder above, on either kind of system; null at a root. */
export function parentPath(path: string): string | null {
  const trimmed = path.replace(/[\\/]+$/, '');
  const cut = Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\'));
  if (cut < 0) return null;
  const parent = trimmed.slice(0, cut);
  if (parent === '') return '/';
  return /^[A-Za-z]:$/.test(parent) ? `${parent}\\` : parent;
}

/** The last part of a path. */
export function baseName(path: string): string {
  const trimmed = path.replace(/[\\/]+$/, '');
  const cut = Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\'));
  return trimmed.slice(cut + 1) || path;
}

/** A path below a folder, parted as the folder's own system does. */
export function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}

const INBOX = /[\\/]inbox[\\/][0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:[\\/](.*))?$/i;

/** What of a path the user sent up, by the name it had there ('' for all of it); null: it was not sent up. */
export function sentUpName(path: string): string | null {
  const found = INBOX.exec(path);
  return found === null ? null : (found[1] ?? '');
}
