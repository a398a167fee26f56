/** What was dropped on the window. */
export type Dropped =
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'entries'; readonly entries: readonly FileSystemEntry[] }
  | { readonly kind: 'nothing' | 'no_files' };

/** Must be called while the drop is being handled. */
export function readDrop({ items, files, types }: DataTransfer): Dropped {
  if (types.length === 0) return { kind: 'nothing' };
  if (!types.includes('Files')) return { kind: 'no_files' };
  const bridge = window.loadstone;
  if (bridge !== undefined) {
    // A picture dragged out of a page is a file without a place.
    const paths = [...files].map((file) => bridge.pathForFile(file)).filter((path) => path !== '');
    return paths.length > 0 ? { kind: 'paths', paths } : { kind: 'no_files' };
  }
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return entries.length > 0 ? { kind: 'entries', entries } : { kind: 'nothing' };
}

/** The one file of a drop, if it is a single JSON file: it may be a mapping. */
export function droppedJson({ files }: DataTransfer): File | null {
  const [only] = files;
  return files.length === 1 && only !== undefined && /\.jsonc?$/i.test(only.name) ? only : null;
}
