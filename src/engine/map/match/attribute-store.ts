import type { NameMatcher } from '../compile/compiled.ts';
import type { NamespaceScope } from './namespace-scope.ts';
import type { OpenElement } from './open-elements.ts';

/** The attributes of the open elements that somebody may ask for. */
export class AttributeStore {
  readonly #names: number[] = [];
  readonly #values: string[] = [];
  /** By place, what an attribute may have lost; empty in nearly every document. */
  readonly #entities = new Map<number, string>();
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

  /** One of the element's attributes lost an entity, nobody knows which: none of them can be trusted. */
  taint(element: OpenElement, entity: string): void {
    for (let at = element.firstAttribute; at < element.endAttribute; at += 1) this.#entities.set(at, entity);
  }

  truncate(size: number): void {
    if (this.#names.length === size) return;
    if (this.#entities.size > 0) for (const at of this.#entities.keys()) if (at >= size) this.#entities.delete(at);
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

  entityAt(at: number): string | null {
    return this.#entities.get(at) ?? null;
  }

  valueAt(at: number): string {
    return this.#values[at] as string;
  }
}
