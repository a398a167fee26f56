import picomatch from 'picomatch';
import type { Mapping } from '#contract/mapping';
import type { Problems } from './problems.ts';

/**
 * Which files feed a table, by their path below the chosen folder. A glob without `/` is matched against the file's
 * name alone, so that `*` means every file.
 */
export function compileTableFiles(mapping: Mapping, table: number, problems: Problems): (path: string) => boolean {
  const globs = mapping.tables[table]?.include ?? [];
  const matchers = globs.flatMap((glob, index) => {
    const matcher = compileGlob(glob, mapping.source.caseSensitive);
    if (matcher !== null) return [matcher];
    problems.add(
      `tables[${table}].include[${index}]`,
      `the glob ${JSON.stringify(glob)} cannot match a file`,
      'Write a path below the chosen folder with "/" between folders, e.g. "*/xml/**/*.xml".',
    );
    return [];
  });
  if (globs.includes('**') || globs.includes('*')) return () => true;
  return (path) => matchers.some((matches) => matches(path));
}

function compileGlob(glob: string, caseSensitive: boolean): ((path: string) => boolean) | null {
  if (glob.startsWith('/') || glob.split('/').includes('..') || glob.includes('\0')) return null;
  try {
    const options = { dot: true, nocase: !caseSensitive, strictBrackets: true };
    const matches = picomatch(glob, options);
    return glob.includes('/') ? matches : (path) => matches(path.slice(path.lastIndexOf('/') + 1));
  } catch {
    return null;
  }
}
