import picomatch from 'picomatch';
import type { Mapping } from '#contract/mapping';

/** null when the file is to be loaded, else why it is left out. */
export type FileFilter = (relativePath: string) => string | null;

const DEFAULT_INCLUDE: Readonly<Record<Mapping['source']['format'], readonly string[]>> = {
  xml: ['**/*.xml'],
  csv: ['**/*.csv', '**/*.tsv', '**/*.txt'],
  json: ['**/*.json', '**/*.jsonl', '**/*.ndjson'],
  api: [],
};

/**
 * The mapping's include and exclude rules as one question per file. A single file that the user named is never judged by
 * the source's include rules: naming it is choosing it.
 */
export function compileFileFilter(mapping: Mapping): FileFilter {
  const { source } = mapping;
  const options: picomatch.PicomatchOptions = { nocase: !source.caseSensitive, dot: true };
  const include = source.include ?? DEFAULT_INCLUDE[source.format];
  const included = picomatch([...include], options);
  const excludes = source.exclude.map((glob) => ({ glob, matches: picomatch(glob, options) }));
  const feeds = picomatch(
    mapping.tables.flatMap((table) => table.include),
    // A table's `*` means every file, however deep: only the source's globs describe folders.
    { ...options, basename: true },
  );
  return (path) => {
    if (!included(path)) return `not matched by include: ${include.join(', ')}`;
    const exclude = excludes.find(({ matches }) => matches(path));
    if (exclude) return `matched by exclude: ${exclude.glob}`;
    return feeds(path) ? null : 'no table takes this file: see include of the tables';
  };
}
