import type { PlannedFile } from '#engine/stage/plan-files';
import { closeFile, type OpenedFile, openFileAhead, openFileNow } from './read-file.ts';

/** A local disk answers in well under this; a network drive or a sleeping disk does not. */
const SLOW_MS = 3;
/** So many slow answers in a row make storage slow; a single one may be chance. */
const SLOW_ANSWERS = 3;
/** Files waited for at once from slow storage; each holds at most one small file in memory. */
const FILES_AHEAD = 8;

/**
 * Opens planned files in order. As long as storage answers quickly each is read when its turn comes; when it turns out
 * slow (a network drive), the next ones are fetched while the current one is parsed.
 */
export class FileQueue {
  #slowAnswers = 0;
  #ahead: Promise<OpenedFile>[] = [];
  #files: readonly PlannedFile[] = [];
  #next = 0;

  /** Starts a run of files. */
  begin(files: readonly PlannedFile[]): void {
    this.#files = files;
    this.#next = 0;
  }

  /** Opens the next file of the run. @throws LoadstoneError FILE_UNREADABLE, about this file alone. */
  open(): OpenedFile | Promise<OpenedFile> {
    if (this.#slowAnswers >= SLOW_ANSWERS || this.#ahead.length > 0) return this.#takeAhead();
    const file = this.#files[this.#next] as PlannedFile;
    this.#next += 1;
    const started = performance.now();
    try {
      return openFileNow(file.absolute, file.path);
    } finally {
      this.#slowAnswers = performance.now() - started > SLOW_MS ? this.#slowAnswers + 1 : 0;
    }
  }

  /** Gives up what was opened ahead. */
  async end(): Promise<void> {
    const left = await Promise.allSettled(this.#ahead.splice(0));
    for (const file of left) if (file.status === 'fulfilled') closeFile(file.value);
  }

  #takeAhead(): Promise<OpenedFile> {
    while (this.#ahead.length < FILES_AHEAD && this.#next < this.#files.length) {
      const file = this.#files[this.#next] as PlannedFile;
      this.#next += 1;
      const opened = openFileAhead(file.absolute, file.path);
      // Whoever takes it hears of its failure; until then it is nobody's unhandled rejection.
      opened.catch(() => undefined);
      this.#ahead.push(opened);
    }
    return this.#ahead.shift() as Promise<OpenedFile>;
  }
}
