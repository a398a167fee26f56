import type { JobProgress } from '#contract/jobs';
import { barLine, plainLine } from './render/progress-line.ts';
import type { Terminal } from './terminal.ts';

/** Carriage return and "erase to the end of the line". */
const REDRAW = '\r\u001b[K';
const FILES_PER_LINE = 10;

/** What is shown while a job runs: a redrawn bar for a person, a line per ten files or new phase for a log. */
export class ProgressDisplay {
  readonly #terminal: Terminal;
  #phase: string | undefined;
  #linedFiles = 0;
  #drawn = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show(progress: JobProgress): void {
    if (this.#terminal.live) {
      this.#terminal.err(`${REDRAW}${barLine(progress, this.#terminal.columns())}`);
      this.#drawn = true;
      return;
    }
    const phase = `${progress.phase} ${progress.table ?? ''}`;
    const tens = Math.floor(progress.files.done / FILES_PER_LINE);
    if (phase === this.#phase && tens <= this.#linedFiles) return;
    this.#phase = phase;
    this.#linedFiles = tens;
    this.#terminal.err(`${plainLine(progress)}\n`);
  }

  /** A message between two states of the bar. */
  say(text: string): void {
    this.clear();
    this.#terminal.err(text);
  }

  /** Takes the bar away, so that other text may follow. */
  clear(): void {
    if (this.#drawn) this.#terminal.err(REDRAW);
    this.#drawn = false;
  }
}
