import type { RejectRow } from '#contract/api/reject-pages';
import { writeRejectsCsv } from '#contract/rejects-csv';
import { writeWhole } from './write-whole.ts';

/** Spreadsheets read UTF-8 only with it. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Writes rejects as a CSV file, whole or not at all.
 * @returns how many there are
 * @throws LoadstoneError USAGE when the file cannot be written; what reading the rejects throws.
 */
export function writeRejectsFile(path: string, entries: AsyncIterable<RejectRow>): Promise<number> {
  return writeWhole(path, (write) => writeRejectsCsv(entries, write, BYTE_ORDER_MARK));
}
