import type { Mapping } from '#contract/mapping';
import { compileFileGlob } from '#engine/model/file-glob';
import type { Problems } from './problems.ts';

/** Which files feed a table, by their path below the chosen folder. */
export function compileTableFiles(mapping: Mapping, table: number, problems: Problems): (path: string) => boolean {
  const globs = mapping.tables[table]?.include ?? [];
  const matchers = compileGlobs(globs, mapping, `tables[${table}]`, problems);
  if (globs.includes('**') || globs.includes('*')) return () => true;
  return (path) => matchers.some((matches) => matches(path));
}

/** Files whose CSV is written in another way; that a glob of theirs can match is all there is to check. */
export function checkCsvFiles(mapping: Mapping, problems: Problems): void {
  for (const [index, { include }] of mapping.source.csv.files.entries()) {
    compileGlobs(include, mapping, `source.csv.files[${index}]`, problems);
  }
}

function compileGlobs(globs: readonly string[], { source }: Mapping, place: string, problems: Problems) {
  return globs.flatMap((glob, index) => {
    const matcher = compileFileGlob(glob, source.caseSensitive);
    if (matcher !== null) return [matcher];
    problems.add(
      `${place}.include[${index}]`,
      `the glob ${JSON.stringify(glob)} cannot match a file`,
      'Write a path below the chosen folder with "/" between folders, e.g. "*/xml/**/*.xml".',
    );
    return [];
  });
}
