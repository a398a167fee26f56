/**
 * Element and attribute names as small integers, so that the matcher compares numbers. One table serves one worker: it
 * outlives files, so a name is split and checked once.
 */
export class NameTable {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #locals: number[] = [];
  readonly #prefixes: string[] = [];
  readonly #hasPrefixes: boolean;

  /** @param options.prefixes false for names in which a colon is a character like any other: of CSV columns, JSON keys. */
  constructor({ prefixes }: { readonly prefixes: boolean } = { prefixes: true }) {
    this.#hasPrefixes = prefixes;
  }

  /** @returns the id of a qualified name as written, e.g. `gml:pos`. */
  intern(qualifiedName: string): number {
    const known = this.#ids.get(qualifiedName);
    if (known !== undefined) return known;
    const id = this.#names.push(qualifiedName) - 1;
    this.#ids.set(qualifiedName, id);
    const colon = this.#hasPrefixes ? qualifiedName.indexOf(':') : -1;
    this.#prefixes[id] = colon > 0 ? qualifiedName.slice(0, colon) : '';
    this.#locals[id] = id;
    if (colon > 0) this.#locals[id] = this.intern(qualifiedName.slice(colon + 1).replaceAll(':', '_'));
    return id;
  }

  /** How many names are known; ids run from 0 to size - 1. */
  get size(): number {
    return this.#names.length;
  }

  nameOf(id: number): string {
    return this.#names[id] as string;
  }

  /** @returns the id of the name without its prefix; the id itself when there is none. */
  localOf(id: number): number {
    return this.#locals[id] as number;
  }

  /** @returns the prefix, or '' when there is none. */
  prefixOf(id: number): string {
    return this.#prefixes[id] as string;
  }
}
