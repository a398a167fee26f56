interface WithPath {
  readonly path: string;
}

/** Keeps those entries whose paths come first in byte order, the order of loading, in memory that does not grow. */
export class FirstPaths<Entry extends WithPath> {
  readonly #limit: number;
  #kept: Entry[] = [];
  /** What stands at or after this path is not among the first. */
  #bound: string | null = null;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(entry: Entry): void {
    if (this.#bound !== null && compareBytes(entry.path, this.#bound) >= 0) return;
    this.#kept.push(entry);
    if (this.#kept.length >= 2 * this.#limit) this.#cut();
  }

  /** In order. */
  list(): readonly Entry[] {
    this.#cut();
    return this.#kept;
  }

  #cut(): void {
    this.#kept = this.#kept.sort((a, b) => compareBytes(a.path, b.path)).slice(0, this.#limit);
    if (this.#kept.length === this.#limit) this.#bound = this.#kept.at(-1)?.path ?? null;
  }
}

/** JavaScript's own order of strings is that of UTF-16. */
function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
