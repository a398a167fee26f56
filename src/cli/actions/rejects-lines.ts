import type { RejectEntry } from '#contract/rejects';
import { rejectText } from '../render/load-summary.ts';
import type { Terminal } from '../terminal.ts';

/**
 * One line per reject, as they come: however many there are, none is kept.
 * @returns how many there are, or null when the reader went away before the end
 */
export async function writeRejectLines(
  terminal: Terminal,
  entries: AsyncIterable<RejectEntry>,
): Promise<number | null> {
  let written = 0;
  for await (const entry of entries) {
    if (!(await terminal.out(`${rejectText(entry)}\n`))) return null;
    written += 1;
  }
  return written;
}
