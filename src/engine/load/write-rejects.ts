import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { RejectRow } from '#contract/api/reject-pages';
import { LoadstoneError } from '#contract/errors';
import { writeRejectsCsv } from '#contract/rejects-csv';

/** Spreadsheets read UTF-8 only with it. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Writes rejects as a CSV file, whole or not at all: what was there before stays until the new one is complete.
 * @returns how many there are
 * @throws LoadstoneError USAGE when the file cannot be written; what reading the rejects throws.
 */
export async function writeRejectsFile(path: string, entries: AsyncIterable<RejectRow>): Promise<number> {
  const draft = `${path}.${randomUUID().slice(0, 8)}.part`;
  const file = await writing(path, () => open(draft, 'wx'));
  try {
    const write = async (text: string) => {
      await writing(path, () => file.writeFile(text));
      return true;
    };
    const written = await writeRejectsCsv(entries, write, BYTE_ORDER_MARK);
    await writing(path, () => file.sync());
    await file.close();
    await writing(path, () => rename(draft, path));
    return written;
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
