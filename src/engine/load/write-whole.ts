import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { LoadstoneError } from '#contract/errors';

/**
 * Writes a file, whole or not at all: what was there before stays until the new one is complete.
 * @returns what `work` does
 * @throws LoadstoneError USAGE when the file cannot be written; what `work` throws.
 */
export async function writeWhole<Result>(
  path: string,
  work: (write: (text: string) => Promise<boolean>) => Promise<Result>,
): Promise<Result> {
  const draft = `${path}.${randomUUID().slice(0, 8)}.part`;
  const file = await writing(path, () => open(draft, 'wx'));
  try {
    const result = await work(async (text) => {
      await writing(path, () => file.writeFile(text));
      return true;
    });
    await writing(path, () => file.sync());
    await file.close();
    await writing(path, () => rename(draft, path));
    return result;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
}

async function writing<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw new LoadstoneError({
      code: 'USAGE',
      message: `${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
      remedy: 'Give a file in a folder that exists, has room, and that you may write to.',
      cause,
    });
  }
}
