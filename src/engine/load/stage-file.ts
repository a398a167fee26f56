import { LoadstoneError } from '#contract/errors';
import type { Mapping } from '#contract/mapping';
import type { Mapper } from '#engine/map/mapper';
import type { FileCorrections } from '#engine/model/corrections';
import type { NameTable } from '#engine/model/name-table';
import { parseBuffer, parseFile } from '#engine/parse/parse-file';
import type { ParsedFile } from '#engine/parse/parsed-file';
import { type FileFingerprint, hashFile } from '#engine/scan/fingerprint';
import type { PlannedFile } from '#engine/stage/plan-files';
import type { StageBuffers } from '#engine/stage/stage-buffers';
import type { StagedFile, StageTransaction } from '#engine/stage/stage-transaction';
import type { FileQueue } from './file-queue.ts';
import { assertUnchanged, closeFile, type OpenedFile, readChunks } from './read-file.ts';
import { sourceOfFile } from './source-of-file.ts';

/** Rows of one file are sent in parts beyond this, so that memory does not grow with the file. */
const SEND_BYTES = 1024 * 1024;

export interface FileStager {
  readonly mapping: Mapping;
  readonly mapper: Mapper;
  readonly names: NameTable;
  readonly buffers: StageBuffers;
  /** Hands out the files in the order they are staged. */
  readonly queue: FileQueue;
  readonly batchSize: number;
  readonly failOnReject: boolean;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

/** What became of one file, for progress. */
export interface FileResult {
  readonly rows: number;
  readonly rejected: number;
  readonly tables: Readonly<Record<string, number>>;
  readonly failed: boolean;
}

const NOTHING: FileFingerprint = { size: 0n, modifiedNs: 0n, changedNs: 0n };

/**
 * Parses and maps one file into the transaction: whole, or listed as failed with nothing of it.
 * @param corrections What stands in the place of what its records hold.
 * @throws what is not about the file: the server's errors, the signal's reason.
 */
export async function stageFile(
  stager: FileStager,
  transaction: StageTransaction,
  file: PlannedFile,
  corrections: FileCorrections | null = null,
): Promise<FileResult> {
  transaction.beginFile(file.id);
  let fingerprint = NOTHING;
  try {
    const opened = await stager.queue.open();
    fingerprint = opened.fingerprint;
    const { sha256 } = await readRows(stager, transaction, file, opened, corrections);
    await transaction.endFile({ file: file.id, sha256, ...fingerprint, failure: null });
    const { rowCount: rows, rejectedCount: rejected, tableCounts: tables } = stager.buffers;
    return { rows, rejected, tables, failed: false };
  } catch (thrown) {
    stager.signal.throwIfAborted();
    if (!(thrown instanceof LoadstoneError) || thrown.place === undefined) throw thrown;
    const failure = (await isChanged(file, stager.signal)) ? changedSince(file) : thrown;
    await transaction.dropFile(failedFile(file, fingerprint, failure));
    return { rows: 0, rejected: 0, tables: {}, failed: true };
  }
}

async function readRows(
  stager: FileStager,
  transaction: StageTransaction,
  file: PlannedFile,
  opened: OpenedFile,
  corrections: FileCorrections | null,
): Promise<ParsedFile> {
  try {
    const { mapper } = stager;
    if (file.sha256 !== null && Number(opened.fingerprint.size) !== file.size) throw changedSince(file);
    mapper.startFile(nameParts(file.path), stager.buffers, corrections);
    const parsed = await parse(stager, transaction, file, opened);
    mapper.endFile();
    assertUnchanged(opened);
    if (file.sha256 !== null && parsed.sha256 !== file.sha256) throw changedSince(file);
    if (stager.failOnReject) assertNoReject(stager, file);
    return parsed;
  } finally {
    closeFile(opened);
  }
}

function parse(
  stager: FileStager,
  transaction: StageTransaction,
  file: PlannedFile,
  opened: OpenedFile,
): Promise<ParsedFile> | ParsedFile {
  const { mapper: handler, names, mapping, signal } = stager;
  const options = { path: file.path, source: sourceOfFile(mapping.source, file.path), names, handler };
  if (opened.whole !== null) {
    stager.onBytes(opened.whole.length);
    return parseBuffer(opened.whole, options);
  }
  const onChunk = (bytes: number) => {
    stager.onBytes(bytes);
    return isFull(stager) ? transaction.sendPart() : undefined;
  };
  return parseFile(readChunks(opened), { ...options, signal, onChunk });
}

/** Whether enough rows wait to be worth sending. */
export function isFull({ buffers, batchSize }: Pick<FileStager, 'buffers' | 'batchSize'>): boolean {
  return buffers.byteLength >= SEND_BYTES || buffers.mostRows >= batchSize;
}

function nameParts(path: string) {
  const slash = path.lastIndexOf('/');
  return { path, name: path.slice(slash + 1), folder: slash < 0 ? '' : path.slice(0, slash) };
}

function assertNoReject({ buffers }: FileStager, file: PlannedFile): void {
  const first = buffers.firstReject;
  if (first === null) return;
  throw new LoadstoneError({
    code: 'FILE_HAS_REJECTS',
    message: `${file.path}, line ${first.line}: ${first.message} Nothing of the file was loaded (--on-error file).`,
    remedy: 'Correct the value, or load with --on-error row.',
    place: { path: file.path, line: first.line },
  });
}

/** Whether a file that cannot be read as it was once is another one by now: that is what is worth saying of it. */
async function isChanged({ absolute, sha256 }: PlannedFile, signal: AbortSignal): Promise<boolean> {
  return sha256 !== null && (await hashFile(absolute, { signal }).catch(() => sha256)) !== sha256;
}

function changedSince({ path }: PlannedFile): LoadstoneError {
  return new LoadstoneError({
    code: 'FILE_CHANGED',
    message: `${path} has changed since its rows were rejected: they may stand elsewhere in it now. Nothing of it was loaded.`,
    remedy: 'Load the file anew, or put back what it held.',
    place: { path },
  });
}

function failedFile(file: PlannedFile, fingerprint: FileFingerprint, error: LoadstoneError): StagedFile {
  const failure = { code: error.code, message: error.message, line: error.place?.line, column: error.place?.column };
  return { file: file.id, sha256: null, ...fingerprint, failure };
}
