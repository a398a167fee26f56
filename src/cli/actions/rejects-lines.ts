import type { RejectRow } from '#contract/api/reject-pages';
import { rejectText } from '../render/load-summary.ts';
import type { Terminal } from '../terminal.ts';

/**
 * One line per reject, as they come: however many there are, none is kept.
 * @returns how many there are, or null when the reader went away before the end
 */
export async function writeRejectLines(terminal: Terminal, entries: AsyncIterable<RejectRow>): Promise<number | null> {
  let written = 0;
  for await (const entry of entries) {
    if (!(await terminal.out(`${rejectText(entry)}  (record ${entry.file}:${entry.sequence})\n`))) return null;
    written += 1;
  }
  return written;
}
