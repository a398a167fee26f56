import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { LoadstoneError } from '#contract/errors';
import { type FileFingerprint, fingerprintOf, sameFingerprint } from '#engine/scan/fingerprint';

/** Files up to this size are read whole: one read instead of a stream. */
const WHOLE_FILE_BYTES = 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;

export interface OpenedFile {
  readonly fingerprint: FileFingerprint;
  /** The content at once, or null for a file that has to be streamed. */
  readonly whole: Buffer | null;
  readonly chunks: () => AsyncIterable<Buffer>;
  /** @throws LoadstoneError FILE_CHANGED when the file is no longer the one that was opened. */
  readonly assertUnchanged: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a file for one pass. @throws LoadstoneError FILE_UNREADABLE. */
export async function openFile(absolute: string, path: string): Promise<OpenedFile> {
  const handle = await unreadable(path, () => open(absolute, constants.O_RDONLY));
  try {
    const status = await unreadable(path, () => handle.stat({ bigint: true }));
    if (!status.isFile()) throw notAFile(path);
    const whole = status.size <= WHOLE_FILE_BYTES ? await unreadable(path, () => readWhole(handle, status)) : null;
    return {
      fingerprint: fingerprintOf(status),
      whole,
      chunks: () => readChunks(handle, path),
      assertUnchanged: () => assertUnchanged(handle, status, path),
      close: () => handle.close(),
    };
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

async function readWhole(handle: FileHandle, status: BigIntStats): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(Number(status.size));
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

/** The parser uses a chunk only until it asks for the next one, so one buffer serves them all. */
async function* readChunks(handle: FileHandle, path: string): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let position = 0; ; ) {
    const { bytesRead } = await unreadable(path, () => handle.read(buffer, 0, CHUNK_BYTES, position));
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function assertUnchanged(handle: FileHandle, before: BigIntStats, path: string): Promise<void> {
  const after = await unreadable(path, () => handle.stat({ bigint: true }));
  if (sameFingerprint(fingerprintOf(before), fingerprintOf(after))) return;
  throw new LoadstoneError({
    code: 'FILE_CHANGED',
    message: `${path} changed while it was read. Nothing of it was loaded.`,
    remedy: 'Wait until the program that writes it has finished, then load again.',
    retryable: true,
    place: { path },
  });
}

async function unreadable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new LoadstoneError({
      code: 'FILE_UNREADABLE',
      message: `${path} cannot be read: ${(cause as Error).message}. Nothing of it was loaded.`,
      remedy: 'Check that the file is still there, its permissions, and the drive it lies on.',
      place: { path },
      cause,
    });
  }
}

function notAFile(path: string): LoadstoneError {
  return new LoadstoneError({
    code: 'FILE_UNREADABLE',
    message: `${path} is not a file. Nothing of it was loaded.`,
    remedy: 'Choose files, or folders that hold them.',
    place: { path },
  });
}
