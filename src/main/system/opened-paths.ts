import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** The files and folders that a command line names; they must exist. */
export function pathsOf(argv: readonly string[], folder: string): readonly string[] {
  return argv
    .filter((argument) => argument !== '' && !argument.startsWith('-'))
    .map((argument) => resolve(folder, argument))
    .filter((path) => existsSync(path));
}

/** Paths that the system hands over; kept while no page listens. */
export class OpenedPaths {
  #waiting: readonly string[] = [];
  #deliver: ((paths: readonly string[]) => void) | null = null;

  take(paths: readonly string[]): void {
    if (paths.length === 0) return;
    if (this.#deliver === null) this.#waiting = [...this.#waiting, ...paths];
    else this.#deliver(paths);
  }

  deliverTo(deliver: (paths: readonly string[]) => void): void {
    this.#deliver = deliver;
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length > 0) deliver(waiting);
  }

  /** No page listens any more. */
  hold(): void {
    this.#deliver = null;
  }
}
