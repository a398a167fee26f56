import { LoadstoneError } from '#contract/errors';
import { writeWhole } from './write-whole.ts';

/** Whole or not at all. @throws CONFIG_INVALID when it cannot be written */
export async function writeJsonFile(path: string, value: object, mode?: number): Promise<void> {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  await writeWhole(path, (write) => write(text), { mode, refused: unwritable });
}

export function unwritable(path: string, cause: unknown): LoadstoneError {
  return new LoadstoneError({
    code: 'CONFIG_INVALID',
    message: `${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
    remedy: 'Look whether the disk is full and the folder may be written to.',
    cause,
  });
}
