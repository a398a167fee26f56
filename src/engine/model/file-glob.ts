import picomatch from 'picomatch';

/**
 * What a glob says of a file's path below the chosen folder; null when it can match none. A glob without `/` is matched
 * against the file's name alone, so that `*` means every file.
 */
export function compileFileGlob(glob: string, caseSensitive: boolean): ((path: string) => boolean) | null {
  if (glob.startsWith('/') || glob.split('/').includes('..') || glob.includes('\0')) return null;
  try {
    const options = { dot: true, nocase: !caseSensitive, strictBrackets: true };
    const matches = picomatch(glob, options);
    return glob.includes('/') ? matches : (path) => matches(path.slice(path.lastIndexOf('/') + 1));
  } catch {
    return null;
  }
}
