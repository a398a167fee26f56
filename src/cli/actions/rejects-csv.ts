import type { RejectRow } from '#contract/api/reject-pages';
import { writeRejectsCsv } from '#contract/rejects-csv';
import type { Terminal } from '../terminal.ts';

/** @returns how many rejects were written. Stops early, without a failure, when the reader has gone. */
export async function writeCsvOut(terminal: Terminal, entries: AsyncIterable<RejectRow>): Promise<number> {
  return writeRejectsCsv(entries, (text) => terminal.out(text));
}
