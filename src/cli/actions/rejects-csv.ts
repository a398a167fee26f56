import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { LoadstoneError } from '#contract/errors';
import type { RejectEntry } from '#contract/rejects';
import { REJECTS_HEADER, rejectLine } from '../render/csv.ts';
import type { Terminal } from '../terminal.ts';

/** Spreadsheets read UTF-8 only with it. */
const BYTE_ORDER_MARK = '\uFEFF';
/** Lines are written in pieces of about this many characters. */
const PIECE = 64 * 1024;

/** Gathers lines into pieces; `flush` says whether to go on. */
async function writeLines(
  entries: AsyncIterable<RejectEntry>,
  start: string,
  flush: (text: string) => Promise<boolean>,
): Promise<number> {
  let text = start;
  let written = 0;
  for await (const entry of entries) {
    text += rejectLine(entry);
    written += 1;
    if (text.length < PIECE) continue;
    if (!(await flush(text))) return written;
    text = '';
  }
  await flush(text);
  return written;
}

/** @returns how many rejects were written. Stops early, without a failure, when the reader has gone. */
export async function writeCsvOut(terminal: Terminal, entries: AsyncIterable<RejectEntry>): Promise<number> {
  return writeLines(entries, REJECTS_HEADER, (text) => terminal.out(text));
}

/**
 * Writes the file whole or not at all: what was there before stays until the new one is complete.
 * @throws LoadstoneError USAGE when the file cannot be written.
 */
export async function writeCsvFile(path: string, entries: AsyncIterable<RejectEntry>): Promise<number> {
  const draft = `${path}.${randomUUID().slice(0, 8)}.part`;
  const file = await writing(path, () => open(draft, 'wx'));
  try {
    const written = await writeLines(entries, BYTE_ORDER_MARK + REJECTS_HEADER, async (text) => {
      await writing(path, () => file.write(text));
      return true;
    });
    await file.close();
    await writing(path, () => rename(draft, path));
    return written;
  } catch (error) {
    await file.close().catch(() => {});
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
      message: `--out ${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
      remedy: 'Give a file in a folder that exists, has room, and that you may write to.',
      cause,
    });
  }
}
