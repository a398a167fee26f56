import type { NameMatcher } from '../compile/compiled.ts';
import type { NamespaceScope } from './namespace-scope.ts';
import type { OpenElement } from './open-elements.ts';

/** The attributes of the open elements that somebody may ask for. */
export class AttributeStore {
  readonly #names: number[] = [];
  readonly #values: string[] = [];
  readonly #scope: NamespaceScope;

  constructor(scope: NamespaceScope) {
    this.#scope = scope;
  }

  get size(): number {
    return this.#names.length;
  }

  add(element: OpenElement, name: number, value: string): void {
    this.#names.push(name);
    this.#values.push(value);
    element.endAttribute = this.#names.length;
  }

  truncate(size: number): void {
    if (this.#names.length === size) return;
    this.#names.length = size;
    this.#values.length = size;
  }

  /** @returns where the next attribute of an element at `depth` that the matcher accepts stands; -1: there is none. */
  find(element: OpenElement, depth: number, matcher: NameMatcher, from = element.firstAttribute): number {
    for (let at = from; at < element.endAttribute; at += 1) {
      if (this.#scope.acceptsAttribute(matcher, this.#names[at] as number, depth)) return at;
    }
    return -1;
  }

  nameAt(at: number): number {
    return this.#names[at] as number;
  }

  valueAt(at: number): string {
    return this.#values[at] as string;
  }
}
