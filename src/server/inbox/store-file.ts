import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { systemCode } from '../http-failure.ts';
import type { FreeSpace } from './free-space.ts';
import { cutShort } from './upload-failures.ts';

export interface FileToStore {
  /** As the page calls it. */
  readonly name: string;
  readonly bytes: number;
  readonly body: Readable;
  /** Where it lies until it is whole, on the disk of the target. */
  readonly temporary: string;
  readonly target: string;
  readonly space: FreeSpace;
  readonly signal: AbortSignal;
}

/**
 * Streams one file to the disk; under its name there is the whole file or none.
 * @returns whether there was none of this name before
 */
export async function storeFile(file: FileToStore): Promise<boolean> {
  try {
    await receive(file);
    file.signal.throwIfAborted();
    await mkdir(dirname(file.target), { recursive: true, mode: 0o700 });
    return await place(file);
  } catch (error) {
    await rm(file.temporary, { force: true });
    throw error;
  }
}

async function receive({ name, bytes, body, temporary, space, signal }: FileToStore): Promise<void> {
  const sink = createWriteStream(temporary, { flags: 'wx', mode: 0o600 });
  const release = space.reserve({ bytes, written: () => sink.bytesWritten });
  try {
    await pour(body, addAbortSignal(signal, sink));
  } finally {
    release();
  }
  if (sink.bytesWritten !== bytes) throw cutShort(name, sink.bytesWritten, bytes);
}

/** As a pipeline, but the body outlives the sink: what is left of it is read away, so that the page hears the refusal. */
async function pour(body: Readable, sink: WriteStream): Promise<void> {
  body.once('error', (error) => sink.destroy(error));
  body.once('close', () => {
    if (!body.readableEnded) sink.destroy(new Error('The connection was cut.'));
  });
  body.pipe(sink);
  try {
    await finished(sink);
  } finally {
    body.unpipe(sink);
    body.resume();
  }
}

/** The name is taken first, which tells a new file from one sent twice also where the file system folds names. */
async function place({ temporary, target }: FileToStore): Promise<boolean> {
  const isNew = await take(target);
  try {
    await rename(temporary, target);
    return isNew;
  } catch (error) {
    if (isNew) await rm(target, { force: true });
    throw error;
  }
}

async function take(target: string): Promise<boolean> {
  try {
    await (await open(target, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}
