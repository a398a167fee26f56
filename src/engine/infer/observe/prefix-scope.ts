import { XML } from './names.ts';

/** Which namespace each prefix means here, and which prefix was first seen for each namespace. */
export class PrefixScope {
  /** Namespace → the first prefix that was bound to it ('' for a default namespace). */
  readonly found = new Map<string, string>();
  readonly #prefixes: string[] = [];
  readonly #uris: (string | null)[] = [];
  readonly #depths: number[] = [];

  reset(): void {
    this.#prefixes.length = 0;
    this.#uris.length = 0;
    this.#depths.length = 0;
  }

  declare(prefix: string, uri: string, depth: number): void {
    this.#prefixes.push(prefix);
    this.#uris.push(uri === '' ? null : uri);
    this.#depths.push(depth);
    if (uri !== '' && (this.found.get(uri) ?? '') === '') this.found.set(uri, prefix);
  }

  leave(depth: number): void {
    while (this.#depths.length > 0 && this.#depths.at(-1) === depth) {
      this.#prefixes.pop();
      this.#uris.pop();
      this.#depths.pop();
    }
  }

  /** @returns the namespace; null for none, and for a prefix that is not bound. */
  uriOf(prefix: string): string | null {
    if (prefix === 'xml') return XML;
    for (let at = this.#prefixes.length - 1; at >= 0; at -= 1) {
      if (this.#prefixes[at] === prefix) return this.#uris[at] ?? null;
    }
    return null;
  }
}
