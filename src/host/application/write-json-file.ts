import { rename, rm, writeFile } from 'node:fs/promises';
import { LoadstoneError } from '#contract/errors';

/** Whole or not at all. @throws CONFIG_INVALID when it cannot be written */
export async function writeJsonFile(path: string, value: object, mode?: number): Promise<void> {
  const half = `${path}.${process.pid}`;
  try {
    await writeFile(half, `${JSON.stringify(value, null, 2)}\n`, { mode });
    await rename(half, path);
  } catch (cause) {
    await rm(half, { force: true }).catch(() => undefined);
    throw unwritable(path, cause);
  }
}

export function unwritable(path: string, cause: unknown): LoadstoneError {
  return new LoadstoneError({
    code: 'CONFIG_INVALID',
    message: `${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
    remedy: 'Look whether the disk is full and the folder may be written to.',
    cause,
  });
}
