import { SYSTEM_COLUMNS } from '#engine/model/table-limits';

/** PostgreSQL cuts longer names. */
const MOST_BYTES = 63;

/** Names that are still free among those already taken, as PostgreSQL compares them. */
export class SqlNames {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  has(name: string): boolean {
    return this.#taken.has(folded(name));
  }

  /** Takes the first wish that is free, else the last one with a number. */
  take(...wishes: readonly string[]): string {
    const fitting = wishes.map(storable);
    const last = fitting.at(-1) ?? 'value';
    const name = fitting.find((wish) => !this.has(wish)) ?? this.#numbered(last);
    this.#taken.add(folded(name));
    return name;
  }

  free(name: string): void {
    this.#taken.delete(folded(name));
  }

  #numbered(name: string): string {
    for (let number = 2; ; number += 1) {
      const wish = numbered(name, number);
      if (!this.has(wish)) return wish;
    }
  }
}

/** The name as far as PostgreSQL keeps it. */
export function storable(name: string): string {
  return cut(name, MOST_BYTES);
}

/** `name_2`, of a long name less. */
export function numbered(name: string, number: number): string {
  return `${cut(name, MOST_BYTES - 1 - `${number}`.length)}_${number}`;
}

/** For the columns of one table. */
export function columnNames(): SqlNames {
  return new SqlNames(SYSTEM_COLUMNS);
}

/** ASCII letters only, as PostgreSQL folds names that are not quoted. */
export function folded(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Words as one name: letters, digits and underscores; of too many words those in the middle go first. */
export function joinWords(words: readonly string[], fallback: string): string {
  const clean = words.map(cleaned).filter((word) => word !== '');
  while (clean.length > 2 && Buffer.byteLength(clean.join('_')) > MOST_BYTES) clean.splice(1, 1);
  const name = clean.join('_') || fallback;
  return /^\d/.test(name) ? `_${name}` : name;
}

function cleaned(word: string): string {
  return word
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}_]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

function cut(name: string, most: number): string {
  let kept = name;
  while (Buffer.byteLength(kept) > most) kept = [...kept].slice(0, -1).join('');
  return kept;
}
