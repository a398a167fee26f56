import type { NameTable } from '#engine/model/name-table';
import type { NameMatcher } from '../compile/compiled.ts';

/** The namespace declarations in scope, and which prefixes had none. */
export class NamespaceScope {
  readonly #names: NameTable;
  readonly #prefixes: string[] = [];
  readonly #uris: string[] = [];
  readonly #depths: number[] = [];
  readonly #unbound = new Set<string>();

  constructor(names: NameTable) {
    this.#names = names;
  }

  /** Begins a document. */
  reset(): void {
    this.#prefixes.length = 0;
    this.#uris.length = 0;
    this.#depths.length = 0;
    this.#unbound.clear();
  }

  /** @returns whether the attribute is a namespace declaration (and then part of no content). */
  declares(attribute: number, uri: string, depth: number): boolean {
    const prefixed = this.#names.prefixOf(attribute) === 'xmlns';
    if (!prefixed && this.#names.nameOf(attribute) !== 'xmlns') return false;
    this.#prefixes.push(prefixed ? this.#names.nameOf(attribute).slice('xmlns:'.length) : '');
    this.#uris.push(uri);
    this.#depths.push(depth);
    return true;
  }

  leave(depth: number): void {
    if (this.#depths.length === 0) return;
    while (this.#depths.at(-1) === depth) {
      this.#prefixes.pop();
      this.#uris.pop();
      this.#depths.pop();
    }
  }

  /** Judges an element at `depth`. An unbound prefix is taken for any namespace. */
  accepts(matcher: NameMatcher, name: number, depth: number): boolean {
    if (matcher.uri === null) return true;
    const prefix = this.#names.prefixOf(name);
    const uri = this.#uriOf(prefix, depth);
    return (uri ?? '') === matcher.uri || (prefix !== '' && uri === null);
  }

  /** Judges an attribute of an element at `depth`: without a prefix it is in no namespace. */
  acceptsAttribute(matcher: NameMatcher, name: number, depth: number): boolean {
    const local = this.#names.localOf(name) === matcher.id || (matcher.kind === 'exact' && name === matcher.id);
    if (!local || matcher.uri === null) return local;
    return this.#names.prefixOf(name) === '' ? matcher.uri === '' : this.accepts(matcher, name, depth);
  }

  /** @returns whether a name that was matched has a prefix that is unbound, seen here for the first time. */
  isNewlyUnbound(name: number, depth: number): boolean {
    const prefix = this.#names.prefixOf(name);
    if (prefix === '' || this.#unbound.has(prefix) || this.#uriOf(prefix, depth) !== null) return false;
    this.#unbound.add(prefix);
    return true;
  }

  #uriOf(prefix: string, depth: number): string | null {
    if (prefix === 'xml') return 'http://www.w3.org/XML/1998/namespace';
    for (let at = this.#prefixes.length - 1; at >= 0; at -= 1) {
      if (this.#prefixes[at] === prefix && (this.#depths[at] as number) <= depth) return this.#uris[at] || null;
    }
    return null;
  }
}
