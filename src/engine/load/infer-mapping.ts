import { basename, resolve } from 'node:path';
import type { CsvKnown } from '#contract/csv-settings';
import { LoadstoneError } from '#contract/errors';
import type { InferenceReport } from '#contract/inference';
import type { Mapping, MappingInput } from '#contract/mapping';
import { type DecideOptions, decideMapping } from '#engine/infer/decide/decide-mapping';
import { describeTree } from '#engine/infer/decide/describe-tree';
import { RecordKinds } from '#engine/infer/decide/record-kinds';
import { ElementNode } from '#engine/infer/observe/element-node';
import { Observer } from '#engine/infer/observe/observer';
import { NameTable } from '#engine/model/name-table';
import { NULL_WORDS } from '#engine/model/null-words';
import type { DecimalSign } from '#engine/model/types/choose-type';
import { parseBuffer, parseFile } from '#engine/parse/parse-file';
import { csvDoubts } from './csv-doubts.ts';
import { checkInferred } from './infer-check.ts';
import { differingDialects, sniffFiles } from './infer-csv.ts';
import { findFiles, type InferFormat } from './infer-files.ts';
import { type SampledFile, sampleFiles } from './infer-sample.ts';
import { readSchema } from './infer-schema.ts';
import { closeFile, openFileNow, readChunks } from './read-file.ts';
import { sourceOfFile } from './source-of-file.ts';
import { sourceSettings } from './source-settings.ts';

export interface InferOptions {
  /** Left out: the format that most files have. */
  readonly format?: InferFormat;
  /** Look at about this many bytes, taken from everywhere. Left out: at everything. */
  readonly sampleBytes?: number;
  /** The mapping's name; left out: the chosen folder's or file's. */
  readonly name?: string;
  readonly encoding?: string;
  /** What is known of CSV files; the rest is guessed. */
  readonly csv?: CsvKnown;
  /** How decimals are written where the values leave it open. */
  readonly decimal?: DecimalSign;
  /** A file with an XML Schema, which may include others beside it. */
  readonly xsd?: string;
}

export interface InferProgress {
  readonly files: { readonly done: number; readonly total: number };
  readonly bytes: { readonly done: number; readonly total: number };
}

interface InferRun {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: InferProgress) => void;
}

interface Inferred {
  readonly mapping: MappingInput;
  readonly report: InferenceReport;
}

/** CSV and JSON come as a document element with their records below it. */
const RECORD_DEPTH = 2;

type Failures = Map<string, InferenceReport['files']['failed'][number]>;

/**
 * Looks at files nobody has described and proposes the mapping that loads them. Reads one file after the other, in byte
 * order of their paths, so the same files always give the same mapping; memory grows with the number of different paths
 * in them, not with their size.
 * @throws LoadstoneError PATH_NOT_FOUND, NO_FILES, ALL_FILES_FAILED, NO_RECORDS; INTERNAL when no load could use the mapping;
 * the signal's reason when it is aborted.
 */
export async function inferMapping(paths: readonly string[], options: InferOptions, run: InferRun): Promise<Inferred> {
  const { format, files, include, others } = await findFiles(paths, options.format, run);
  const schema = options.xsd === undefined ? null : await readSchema(options.xsd);
  const sampled = sampleFiles(files, options.sampleBytes);
  const sniffed = format === 'csv' ? await sniffFiles(sampled, options) : null;
  const source: MappingInput['source'] = {
    format,
    ...(include !== undefined && { include: [...include] }),
    ...(options.encoding !== undefined && { encoding: options.encoding }),
    ...(sniffed !== null && { csv: sniffed.settings }),
  };
  const failed: Failures = new Map();
  const words = nullWordsFor(format, options.csv);
  let look = await lookAt(sampled, { source, words }, failed, run);
  // What a broken file held before it broke is no evidence: a load takes nothing of it.
  if (failed.size > 0) look = await lookAt(sampled, { source, words }, failed, run);
  if (failed.size === sampled.length) throw allFailed(failed);
  const decided = look.decide({
    name: options.name ?? nameOf(paths),
    source,
    schema,
    isSample: isSample(files.length, sampled),
    ...(options.decimal !== undefined && { decimal: options.decimal }),
  });
  const { mapping, tables, references, uncertain, graph, paths: pathNames } = decided;
  if (tables.length === 0) throw noRecords(sampled.length - failed.size, format);
  checkInferred(mapping);
  const cut = sampled.filter(({ limit }) => limit !== null).length;
  const report: InferenceReport = {
    files: { found: files.length, read: sampled.length - failed.size, cut, failed: [...failed.values()] },
    bytes: look.bytes,
    elements: look.observer.elements,
    tables,
    references,
    uncertain: [
      ...sampleDoubt(files.length, sampled),
      ...leftOut(others),
      ...differingDialects(sniffed?.groups ?? []),
      ...csvDoubts(sniffed?.groups ?? [], sniffed?.totals ?? []),
      ...uncertain,
    ],
    tree: describeTree(graph.root, pathNames, { hasPoints: format === 'json' }),
    dialects: sniffed?.groups ?? [],
  };
  return { mapping, report };
}

/** One pass over the files. */
class Look {
  readonly names: NameTable;
  readonly observer: Observer;
  readonly #kinds: RecordKinds | null;
  bytes = 0;

  constructor(format: InferFormat, nullWords: ReadonlySet<string>) {
    this.names = new NameTable({ prefixes: format === 'xml' });
    this.observer = new Observer(this.names, format === 'xml' ? 0 : RECORD_DEPTH, nullWords);
    this.#kinds = format === 'xml' ? null : new RecordKinds(this.observer.budget, format === 'csv');
  }

  start(): ElementNode {
    const root = this.#kinds === null ? this.observer.root : new ElementNode({ local: '', uri: null });
    this.observer.startFile(root);
    return root;
  }

  end(path: string, root: ElementNode): void {
    this.observer.endFile();
    this.#kinds?.add(path, root);
  }

  decide(options: Pick<DecideOptions, 'name' | 'source' | 'schema' | 'isSample' | 'decimal'>) {
    const kinds = this.#kinds;
    const root = kinds?.root() ?? this.observer.root;
    const files = kinds !== null && kinds.kinds.length > 1 ? kinds.kinds.map((kind) => kind.files) : null;
    return decideMapping(this.observer, { ...options, root, files });
  }
}

/** In CSV alone there is no other way to say that there is no value, but for the empty field. */
function nullWordsFor(format: InferFormat, said: CsvKnown = {}): ReadonlySet<string> {
  return format === 'csv' && said.nullValues === undefined ? NULL_WORDS : new Set();
}

async function lookAt(
  files: readonly SampledFile[],
  { source, words }: { readonly source: MappingInput['source']; readonly words: ReadonlySet<string> },
  failed: Failures,
  { signal, onProgress }: InferRun,
): Promise<Look> {
  const look = new Look(source.format as InferFormat, words);
  const parsed = sourceSettings(source);
  const total = files.reduce((sum, { size, limit }) => sum + (limit ?? size), 0);
  for (const [done, file] of files.entries()) {
    signal.throwIfAborted();
    const tell = () => onProgress?.({ files: { done, total: files.length }, bytes: { done: look.bytes, total } });
    tell();
    if (failed.has(file.path)) continue;
    try {
      const root = look.start();
      await readInto(look, file, parsed, signal, tell);
      look.end(file.path, root);
    } catch (thrown) {
      signal.throwIfAborted();
      if (!(thrown instanceof LoadstoneError) || thrown.place === undefined) throw thrown;
      const { code, message, place } = thrown;
      failed.set(file.path, { path: file.path, code, message, place });
    }
  }
  onProgress?.({ files: { done: files.length, total: files.length }, bytes: { done: look.bytes, total } });
  return look;
}

/** Ends the reading of a file whose sample is full. */
const ENOUGH = Symbol('enough');

async function readInto(
  look: Look,
  { absolute, path, limit }: SampledFile,
  source: Mapping['source'],
  signal: AbortSignal,
  tell: () => void,
): Promise<void> {
  const opened = openFileNow(absolute, path);
  const options = { path, source: sourceOfFile(source, path), names: look.names, handler: look.observer };
  try {
    if (opened.whole !== null && limit === null) {
      look.bytes += opened.whole.length;
      await parseBuffer(opened.whole, options);
      return;
    }
    let read = 0;
    const onChunk = (bytes: number) => {
      read += bytes;
      look.bytes += bytes;
      tell();
      if (limit !== null && read >= limit) throw ENOUGH;
    };
    await parseFile(readChunks(opened), { ...options, signal, onChunk });
  } catch (thrown) {
    if (thrown !== ENOUGH) throw thrown;
  } finally {
    closeFile(opened);
  }
}

function isSample(found: number, sampled: readonly SampledFile[]): boolean {
  return sampled.length < found || sampled.some(({ limit }) => limit !== null);
}

function sampleDoubt(found: number, sampled: readonly SampledFile[]): InferenceReport['uncertain'] {
  if (!isSample(found, sampled)) return [];
  const cut = sampled.filter(({ limit }) => limit !== null).length;
  const why = `${sampled.length} of ${found} files were looked at, ${cut} of them only at their beginning`;
  return [{ code: 'SAMPLED', path: '/', decided: 'what the others hold may differ', why }];
}

function leftOut(others: Readonly<Record<string, number>>): InferenceReport['uncertain'] {
  const counts = Object.entries(others).map(([format, count]) => `${count} ${format.toUpperCase()}`);
  if (counts.length === 0) return [];
  const why = `a mapping takes files of one format; there are ${counts.join(' and ')} files too`;
  return [{ code: 'OTHER_FORMATS', path: '/', decided: 'they are left out: infer a mapping of their own', why }];
}

function nameOf([first = '.']: readonly string[]): string {
  return basename(resolve(first)).replace(/\.[^.]+$/, '') || 'inferred';
}

function allFailed(failed: Failures): LoadstoneError {
  const [first] = failed.values();
  return new LoadstoneError({
    code: 'ALL_FILES_FAILED',
    message: `None of ${failed.size} files can be read. The first: ${first?.message ?? ''}`,
    remedy: 'Correct the files, or name their format with --format.',
    ...(first?.place !== undefined && { place: first.place }),
  });
}

function noRecords(files: number, format: InferFormat): LoadstoneError {
  return new LoadstoneError({
    code: 'NO_RECORDS',
    message: `There is no record in ${files === 1 ? 'the file' : `the ${files} files`} looked at, and so nothing to infer a table from.`,
    remedy: `Choose ${format.toUpperCase()} files that hold at least one record, or write the mapping by hand.`,
  });
}
