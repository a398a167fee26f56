import { open, rename, rm } from 'node:fs/promises';
import { LoadstoneError } from '#contract/errors';

/** Writes a file, whole or not at all. @throws LoadstoneError USAGE when it cannot be written */
export async function writeWhole<Result>(
  path: string,
  work: (write: (text: string) => Promise<boolean>) => Promise<Result>,
): Promise<Result> {
  const draft = `${path}.${process.pid}.part`;
  try {
    await using file = await open(draft, 'w', 0o600);
    const result = await work(async (text) => {
      await file.writeFile(text);
      return true;
    });
    await file.sync();
    await rename(draft, path);
    return result;
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw cause instanceof LoadstoneError ? cause : unwritable(path, cause);
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
