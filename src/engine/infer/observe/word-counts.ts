interface WordCount {
  count: number;
  /** Where it came last, and whether it came twice below one. */
  scope: number;
  repeatedInScope: boolean;
}

/** How often which of a few words came, kept apart from the values until it is known whether they are some. */
export class WordCounts {
  readonly #words = new Map<string, WordCount>();

  add(word: string, scope: number): void {
    const known = this.#words.get(word);
    if (known === undefined) {
      this.#words.set(word, { count: 1, scope, repeatedInScope: false });
      return;
    }
    known.count += 1;
    known.repeatedInScope ||= known.scope === scope;
    known.scope = scope;
  }

  merge(other: WordCounts): void {
    for (const [word, { count, scope, repeatedInScope }] of other.#words) {
      const known = this.#words.get(word);
      if (known === undefined) this.#words.set(word, { count, scope, repeatedInScope });
      else {
        known.count += count;
        known.repeatedInScope ||= repeatedInScope;
      }
    }
  }

  get size(): number {
    return this.#words.size;
  }

  [Symbol.iterator](): MapIterator<[string, Readonly<WordCount>]> {
    return this.#words.entries();
  }
}
