import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogLine } from '#contract/api/job-views';
import { parseLogLine } from './log-line.ts';

const MOST_LINES = 200;
/** A block read at a time, and how far back a job's lines are looked for. */
const BLOCK_BYTES = 64 * 1024;
const MOST_BYTES_BACK = 4 * 1024 * 1024;
/** What is followed at one look; of more only the end is read. */
const MOST_BYTES_AHEAD = 1024 * 1024;

/**
 * The lines of one job in a home's log: the last of them when it is opened, then what is appended, by this process or
 * another. A log that cannot be read has no lines.
 */
export class LogTail {
  readonly #path: string;
  readonly #job: number;
  #file: FileHandle | undefined;
  #offset = 0;
  #rest = Buffer.alloc(0);

  constructor(home: string, job: number) {
    this.#path = join(home, 'logs', 'loadstone.log');
    this.#job = job;
  }

  /** The job's last lines; `more` goes on behind them. */
  async last(): Promise<readonly LogLine[]> {
    try {
      await this.#open();
      if (!this.#file) return [];
      const { size } = await this.#file.stat();
      const { lines, end } = await this.#backwards(this.#file, size);
      this.#offset = end;
      if (lines.length >= MOST_LINES || size >= MOST_BYTES_BACK) return lines;
      return [...(await this.#ofOlderFile(MOST_LINES - lines.length)), ...lines];
    } catch {
      return [];
    }
  }

  /** What was appended since. */
  async more(): Promise<readonly LogLine[]> {
    try {
      if (!this.#file) await this.#open();
      const lines = await this.#ahead();
      if (!(await this.#wasSetAside())) return lines;
      await this.close();
      await this.#open();
      return [...lines, ...(await this.#ahead())].slice(-MOST_LINES);
    } catch {
      return [];
    }
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    this.#offset = 0;
    this.#rest = Buffer.alloc(0);
    await file?.close().catch(() => {});
  }

  async #open(): Promise<void> {
    this.#file = await open(this.#path, 'r').catch(() => undefined);
  }

  async #wasSetAside(): Promise<boolean> {
    if (!this.#file) return false;
    const [mine, there] = await Promise.all([this.#file.stat(), stat(this.#path).catch(() => undefined)]);
    return there !== undefined && (there.ino !== mine.ino || there.size < this.#offset);
  }

  async #ahead(): Promise<readonly LogLine[]> {
    if (!this.#file) return [];
    const { size } = await this.#file.stat();
    if (size - this.#offset > MOST_BYTES_AHEAD) {
      this.#offset = size - MOST_BYTES_AHEAD;
      this.#rest = Buffer.alloc(0);
    }
    if (size <= this.#offset) return [];
    const text = Buffer.concat([this.#rest, await readAt(this.#file, this.#offset, size - this.#offset)]);
    this.#offset = size;
    const end = text.lastIndexOf('\n') + 1;
    this.#rest = text.subarray(end);
    return this.#pick(text.toString('utf8', 0, end)).slice(-MOST_LINES);
  }

  async #ofOlderFile(wanted: number): Promise<readonly LogLine[]> {
    const older = await open(`${this.#path}.1`, 'r').catch(() => undefined);
    if (!older) return [];
    try {
      const { lines } = await this.#backwards(older, (await older.stat()).size);
      return lines.slice(-wanted);
    } finally {
      await older.close();
    }
  }

  /** Reads blocks from the end until there are enough lines; `end` is where the last whole line ends. */
  async #backwards(file: FileHandle, size: number): Promise<{ readonly lines: LogLine[]; readonly end: number }> {
    let lines: LogLine[] = [];
    let end = size;
    let pending = Buffer.alloc(0);
    const stopAt = Math.max(0, size - MOST_BYTES_BACK);
    for (let at = size; at > stopAt && lines.length < MOST_LINES; ) {
      const from = Math.max(0, at - BLOCK_BYTES);
      let block = Buffer.concat([await readAt(file, from, at - from), pending]);
      if (at === size) {
        // A line that another process is just writing is left for `more`.
        end = from + block.lastIndexOf('\n') + 1;
        block = block.subarray(0, end - from);
      }
      const first = from === 0 ? 0 : block.indexOf('\n') + 1;
      lines = [...this.#pick(block.toString('utf8', first)), ...lines];
      pending = block.subarray(0, first);
      at = from;
    }
    return { lines: lines.slice(-MOST_LINES), end };
  }

  #pick(text: string): LogLine[] {
    const mark = `"job":${this.#job}`;
    return text
      .split('\n')
      .filter((line) => line.includes(mark))
      .map((line) => parseLogLine(line, this.#job))
      .filter((line) => line !== undefined);
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
