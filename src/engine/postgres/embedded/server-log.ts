import { closeSync, existsSync, openSync, readSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';

/** Ten years of starts and stops; statements are not logged. */
const LARGEST_LOG_BYTES = 5_000_000;
const KEPT_BYTES = 200_000;
const SHOWN_LINES = 8;

/**
 * Keeps the end of a log that grew too big as `<file>.1`. Emptied in place: a running server appends to the same file.
 * A log that cannot be bounded (another user's) keeps nobody from working.
 */
export function boundLog(file: string): void {
  if (logSize(file) <= LARGEST_LOG_BYTES) return;
  try {
    const kept = tail(file, KEPT_BYTES);
    rmSync(`${file}.1`, { force: true });
    writeFileSync(`${file}.1`, kept, { mode: 0o600 });
    truncateSync(file);
  } catch {
    // It is tried again at the next start.
  }
}

/** The last lines written after a position, as one text for an error message. */
export function lastLines(file: string, after: number): string {
  const written = logSize(file) - after;
  if (written <= 0) return 'It logged nothing.';
  const lines = tail(file, Math.min(written, KEPT_BYTES)).toString('utf8').trim().split('\n');
  return `Its log ends: ${lines.slice(-SHOWN_LINES).join(' | ')}`;
}

/** How much of the log is there already, so that only what follows is quoted. */
export function logSize(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

function tail(file: string, bytes: number): Buffer {
  const size = statSync(file).size;
  const buffer = Buffer.alloc(Math.min(bytes, size));
  const descriptor = openSync(file, 'r');
  try {
    const read = readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer.subarray(0, read);
  } finally {
    closeSync(descriptor);
  }
}
