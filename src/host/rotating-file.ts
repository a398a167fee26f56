import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const DEFAULT_MAX_BYTES = 10 * 1024 * 1024;
const DEFAULT_KEPT = 5;

/**
 * A file that is appended to and set aside as `name.1`, `name.2`, … when it is full. Several processes may write to it
 * at once: each line is one append. A line that cannot be written is dropped, because no log is worth a failed load.
 */
export class RotatingFile {
  readonly #path: string;
  readonly #maxBytes: number;
  readonly #kept: number;
  #descriptor: number | undefined;
  #bytes = 0;

  constructor(path: string, options: { readonly maxBytes?: number; readonly kept?: number } = {}) {
    this.#path = path;
    this.#maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
    this.#kept = options.kept ?? DEFAULT_KEPT;
    this.#open();
  }

  write(line: string): void {
    if (this.#bytes >= this.#maxBytes) this.#rotate();
    if (this.#descriptor === undefined) return;
    try {
      this.#bytes += writeSync(this.#descriptor, line);
    } catch {
      this.close();
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #open(): void {
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      this.#descriptor = openSync(this.#path, 'a', 0o600);
      this.#bytes = fstatSync(this.#descriptor).size;
    } catch {
      this.#descriptor = undefined;
    }
  }

  #rotate(): void {
    this.close();
    // Another process may have set the full file aside already: then the new one is only opened.
    this.#open();
    if (this.#bytes < this.#maxBytes) return;
    this.close();
    for (let number = this.#kept; number >= 1; number -= 1) {
      renameIfThere(number === 1 ? this.#path : `${this.#path}.${number - 1}`, `${this.#path}.${number}`);
    }
    this.#bytes = 0;
    this.#open();
  }
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    // Not there yet, or another process was faster.
  }
}
