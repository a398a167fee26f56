import type { Mapping } from '#contract/mapping';
import type { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { parseFile } from '#engine/parse/parse-file';
import { closeFile, openFileAhead, readChunks } from './read-file.ts';
import { sourceOfFile } from './source-of-file.ts';

/** A file that is looked into, and how it is written. */
export interface ReadFile {
  readonly absolute: string;
  /** As messages and globs know it. */
  readonly path: string;
  readonly source: Mapping['source'];
  readonly signal: AbortSignal;
}

interface Reading {
  readonly names: NameTable;
  readonly handler: TreeHandler;
  readonly onText?: (text: Buffer) => void;
  /** Asked now and then: whether the rest of the file may be left unread. */
  readonly isEnough: () => boolean;
}

class Enough extends Error {
  override readonly name = 'Enough';
}

/** Reads a file as a load does, as far as it is needed. @throws LoadstoneError about the file. */
export async function readUntilEnough(
  { absolute, path, source, signal }: ReadFile,
  { isEnough, ...reading }: Reading,
): Promise<void> {
  const opened = await openFileAhead(absolute, path);
  const onChunk = () => {
    if (isEnough()) throw new Enough();
  };
  try {
    await parseFile(readChunks(opened), { ...reading, path, source: sourceOfFile(source, path), signal, onChunk });
  } catch (thrown) {
    if (!(thrown instanceof Enough)) throw thrown;
  } finally {
    closeFile(opened);
  }
}
