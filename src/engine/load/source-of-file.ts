import type { Mapping } from '#contract/mapping';
import { compileFileGlob } from '#engine/model/file-glob';

type Source = Pick<Mapping['source'], 'format' | 'encoding' | 'csv' | 'caseSensitive'>;

/** How one file is written: as all are, but for what `source.csv.files` says of it. */
export function sourceOfFile(source: Source, path: string): Source {
  if (source.format !== 'csv' || source.csv.files.length === 0) return source;
  const matches = (glob: string) => compileFileGlob(glob, source.caseSensitive)?.(path) === true;
  const own = source.csv.files.find(({ include }) => include.some(matches));
  if (own === undefined) return source;
  const { include: _, encoding = source.encoding, ...csv } = own;
  return { ...source, encoding, csv: { ...source.csv, ...csv } };
}
