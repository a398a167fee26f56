import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { LoadstoneError } from '#contract/errors';

interface WriteOptions {
  /** undefined: as the system gives it. */
  readonly mode: number | undefined;
  readonly refused: (path: string, cause: unknown) => LoadstoneError;
}

/** Writes a file, whole or not at all. @throws LoadstoneError USAGE, or as `refused` says, when it cannot be written */
export async function writeWhole<Result>(
  path: string,
  work: (write: (text: string) => Promise<boolean>) => Promise<Result>,
  { mode, refused }: WriteOptions = { mode: 0o600, refused: unwritable },
): Promise<Result> {
  const draft = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    await using file = await open(draft, 'wx', mode);
    const result = await work(async (text) => {
      await file.writeFile(text);
      return true;
    });
    await file.sync();
    // Windows renames no file that is open.
    await file.close();
    await rename(draft, path);
    return result;
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw cause instanceof LoadstoneError ? cause : refused(path, cause);
  }
}

function unwritable(path: string, cause: unknown): LoadstoneError {
  return new LoadstoneError({
    code: 'USAGE',
    message: `${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
    remedy: 'Give a file in a folder that exists, has room, and that you may write to.',
    cause,
  });
}
