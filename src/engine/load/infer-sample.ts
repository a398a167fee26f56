import type { FoundFile } from './infer-files.ts';

/** A file to be looked at, wholly or up to a number of bytes. */
export interface SampledFile extends FoundFile {
  /** null: all of it. */
  readonly limit: number | null;
}

/** Of one file at least this much is read: less seldom holds a whole record. */
const LEAST_PART = 256 * 1024;
/** The sample comes from at least this many files, when there are so many. */
const SPREAD = 64;

/** Takes files from everywhere, evenly, until about `bytes` are together. */
export function sampleFiles(files: readonly FoundFile[], bytes: number | undefined): readonly SampledFile[] {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes === undefined || total <= bytes) return files.map((file) => ({ ...file, limit: null }));
  const part = Math.max(LEAST_PART, Math.ceil(bytes / Math.min(files.length, SPREAD)));
  const reachable = files.reduce((sum, { size }) => sum + Math.min(size, part), 0);
  const wanted = Math.max(1, Math.min(files.length, Math.ceil((files.length * bytes) / reachable)));
  const step = files.length / wanted;
  return Array.from({ length: wanted }, (_, at) => {
    const file = files[Math.floor(at * step)] as FoundFile;
    return { ...file, limit: file.size > part ? part : null };
  });
}
