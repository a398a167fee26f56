import { type BigIntStats, closeSync, fstat, fstatSync, open, openSync, read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { LoadstoneError } from '#contract/errors';
import { type FileFingerprint, fingerprintOf, sameFingerprint } from '#engine/scan/fingerprint';

/** Files up to this size are read whole: one read instead of a stream. */
const WHOLE_FILE_BYTES = 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;

const openAsync = promisify(open);
const fstatAsync = promisify<number, { bigint: true }, BigIntStats>(fstat);
const readAsync = promisify(read);

/** A file held open for one pass. Close it with {@link closeFile}. */
export interface OpenedFile {
  readonly path: string;
  readonly descriptor: number;
  readonly status: BigIntStats;
  readonly fingerprint: FileFingerprint;
  /** The content at once, or null for a file that has to be streamed. */
  readonly whole: Buffer | null;
}

/**
 * Opens a file, and reads it when it is small, without leaving the thread: from a local disk this takes some
 * microseconds, where each hop through the thread pool takes a hundred.
 * @throws LoadstoneError FILE_UNREADABLE.
 */
export function openFileNow(absolute: string, path: string): OpenedFile {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(absolute, 'r');
    const status = fstatSync(descriptor, { bigint: true });
    const whole = isWhole(status, path) ? readWhole(descriptor, Number(status.size)) : null;
    return { path, descriptor, status, fingerprint: fingerprintOf(status), whole };
  } catch (thrown) {
    if (descriptor !== null) closeSync(descriptor);
    throw unreadable(path, thrown);
  }
}

/** The same through the thread pool, for storage that is slow to answer: several files can then be waited for at once. */
export async function openFileAhead(absolute: string, path: string): Promise<OpenedFile> {
  let descriptor: number | null = null;
  try {
    descriptor = await openAsync(absolute, 'r');
    const status = await fstatAsync(descriptor, { bigint: true });
    const whole = isWhole(status, path) ? await readWholeAsync(descriptor, Number(status.size)) : null;
    return { path, descriptor, status, fingerprint: fingerprintOf(status), whole };
  } catch (thrown) {
    if (descriptor !== null) closeSync(descriptor);
    throw unreadable(path, thrown);
  }
}

export function closeFile({ descriptor }: OpenedFile): void {
  closeSync(descriptor);
}

function isWhole(status: BigIntStats, path: string): boolean {
  if (!status.isFile()) throw notAFile(path);
  return status.size <= WHOLE_FILE_BYTES;
}

function readWhole(descriptor: number, size: number): Buffer {
  const buffer = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const bytes = readSync(descriptor, buffer, length, size - length, length);
    if (bytes === 0) break;
    length += bytes;
  }
  return buffer.subarray(0, length);
}

async function readWholeAsync(descriptor: number, size: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await readAsync(descriptor, buffer, length, size - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

/** The content of a large file. The parser uses a chunk only until it asks for the next one, so one buffer serves all. */
export async function* readChunks({ descriptor, path }: OpenedFile): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let position = 0; ; ) {
    const { bytesRead } = await readAsync(descriptor, buffer, 0, CHUNK_BYTES, position).catch((cause: unknown) => {
      throw unreadable(path, cause);
    });
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** @throws LoadstoneError FILE_CHANGED when the file is no longer as it was when it was opened. */
export function assertUnchanged({ descriptor, fingerprint, path }: OpenedFile): void {
  if (sameFingerprint(fingerprint, fingerprintOf(fstatSync(descriptor, { bigint: true })))) return;
  throw new LoadstoneError({
    code: 'FILE_CHANGED',
    message: `${path} changed while it was read. Nothing of it was loaded.`,
    remedy: 'Wait until the program that writes it has finished, then load again.',
    retryable: true,
    place: { path },
  });
}

function unreadable(path: string, cause: unknown): LoadstoneError {
  if (cause instanceof LoadstoneError) return cause;
  return new LoadstoneError({
    code: 'FILE_UNREADABLE',
    message: `${path} cannot be read: ${(cause as Error).message}. Nothing of it was loaded.`,
    remedy: 'Check that the file is still there, its permissions, and the drive it lies on.',
    place: { path },
    cause,
  });
}

function notAFile(path: string): LoadstoneError {
  return new LoadstoneError({
    code: 'FILE_UNREADABLE',
    message: `${path} is not a file. Nothing of it was loaded.`,
    remedy: 'Choose files, or folders that hold them.',
    place: { path },
  });
}
