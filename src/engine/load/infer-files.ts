import { resolve } from 'node:path';
import { LoadstoneError } from '#contract/errors';
import { FILE_FORMATS, type FileFormat, FORMAT_ENDINGS } from '#contract/file-formats';
import { type Mapping, type MappingInput, mappingSchema } from '#contract/mapping';
import { scanPaths } from '#engine/scan/scan-paths';

export type InferFormat = FileFormat;

export interface FoundFile {
  readonly path: string;
  readonly absolute: string;
  readonly size: number;
}

interface FoundFiles {
  readonly format: InferFormat;
  /** In byte order of their paths, as a load takes them. */
  readonly files: readonly FoundFile[];
  /** Globs, when the format's own would leave some of the files out. */
  readonly include: readonly string[] | undefined;
  /** How many files of other formats lie among them. */
  readonly others: Readonly<Partial<Record<InferFormat, number>>>;
}

const SPREADSHEETS: ReadonlySet<string> = new Set(['xlsx', 'xls', 'xlsm', 'ods']);
/** What a mapping without `include` takes. */
const USUAL: ReadonlySet<string> = new Set(['xml', 'csv', 'tsv', 'txt', 'json', 'jsonl', 'ndjson']);

/**
 * Finds the files to look at. Without a format, the one most files have is taken.
 * @throws LoadstoneError PATH_NOT_FOUND, NO_FILES.
 */
export async function findFiles(
  paths: readonly string[],
  wanted: InferFormat | undefined,
  { signal }: { readonly signal: AbortSignal },
): Promise<FoundFiles> {
  const found = new Map<string, FoundFile>();
  for await (const entry of scanPaths(paths, everything(), { signal })) {
    if (entry.kind !== 'file') continue;
    const { path, absolute, fingerprint } = entry;
    const known = found.get(absolute);
    if (known === undefined || path < known.path)
      found.set(absolute, { path, absolute, size: Number(fingerprint.size) });
  }
  const named = new Set(paths.map((path) => resolve(path)));
  const all = [...found.values()];
  const format = wanted ?? mostCommon(all);
  const fits = (file: FoundFile) =>
    named.has(file.absolute) || FORMAT_ENDINGS[format ?? 'xml'].includes(extension(file.path));
  const files = all.filter(fits).sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  if (format === null || files.length === 0) throw noFiles(paths, all, wanted);
  const unusual = files.some((file) => !named.has(file.absolute) && !USUAL.has(extension(file.path)));
  const extensions = [...new Set(files.map(({ path }) => extension(path)))].sort();
  const include = unusual ? extensions.map((one) => `**/*.${one}`) : undefined;
  return { format, files, include, others: countOthers(all, new Set(files)) };
}

function countOthers(all: readonly FoundFile[], taken: ReadonlySet<FoundFile>): FoundFiles['others'] {
  const others: Partial<Record<InferFormat, number>> = {};
  for (const file of all) {
    const format = FILE_FORMATS.find((one) => FORMAT_ENDINGS[one].includes(extension(file.path)));
    if (format !== undefined && !taken.has(file)) others[format] = (others[format] ?? 0) + 1;
  }
  return others;
}

/** A mapping that takes every file. */
function everything(): Mapping {
  const tables: MappingInput['tables'] = [
    { name: 't', records: 'r', columns: [{ name: 'c', type: 'text', path: '.' }] },
  ];
  return mappingSchema.parse({ version: 1, name: 'all', source: { format: 'xml', include: ['**'] }, tables });
}

function mostCommon(files: readonly FoundFile[]): InferFormat | null {
  let best: InferFormat | null = null;
  let most = 0;
  for (const format of FILE_FORMATS) {
    const count = files.filter(({ path }) => FORMAT_ENDINGS[format].includes(extension(path))).length;
    if (count <= most) continue;
    best = format;
    most = count;
  }
  return best;
}

function extension(path: string): string {
  return /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}

function noFiles(paths: readonly string[], all: readonly FoundFile[], wanted: InferFormat | undefined): LoadstoneError {
  const looked = wanted?.toUpperCase() ?? 'XML, CSV or JSON';
  const message = `No ${looked} file was found below ${paths.join(', ')}`;
  const others = Object.entries(countOthers(all, new Set()));
  const sheets = all.filter(({ path }) => SPREADSHEETS.has(extension(path))).length;
  if (others.length > 0) {
    const counts = others.map(([format, count]) => `${count} ${format.toUpperCase()}`).join(' and ');
    return new LoadstoneError({
      code: 'NO_FILES',
      message: `${message}, by the ends of their names; there are ${counts} files.`,
      remedy: `Leave the format out or name another one, or name the files themselves if they are ${looked}.`,
    });
  }
  if (sheets > 0) {
    return new LoadstoneError({
      code: 'NO_FILES',
      message: `${message}, but ${sheets === 1 ? 'a spreadsheet' : `${sheets} spreadsheets`}; those are not read.`,
      remedy: 'Save each sheet as "CSV UTF-8" and load that.',
    });
  }
  return new LoadstoneError({
    code: 'NO_FILES',
    message: `${message}.`,
    remedy:
      'Choose the folder that holds the files. Where their names end otherwise, name the files themselves, and their format with --format.',
  });
}
