import type { ElementNode } from '../observe/element-node.ts';
import { type QualifiedName, XML } from '../observe/names.ts';
import type { ElementGraph } from './collapse.ts';

// XML 1.0 (fifth edition), productions 4 and 4a, without the colon: what the path's reader takes without brackets.
const START =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const PLAIN = new RegExp(`^[${START}][${START}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040]*$`, 'u');
const PREFIX = /^[A-Za-z_][-.\w]*$/;

/** How elements and attributes are called in paths, and what their prefixes mean. */
export class PathNames {
  /** Prefix → namespace, for the mapping. */
  readonly namespaces: Readonly<Record<string, string>>;
  readonly #prefixes = new Map<string, string>();
  readonly #paths = new Map<ElementNode, string>();
  readonly #prefixed: ReadonlySet<string>;

  /** @param found namespace → the prefix first seen for it. */
  constructor(graph: ElementGraph, found: ReadonlyMap<string, string>) {
    this.#prefixed = graph.prefixed;
    const namespaces: Record<string, string> = {};
    for (const [uri, prefix] of found) {
      const name = freePrefix(prefix, namespaces);
      namespaces[name] = uri;
      this.#prefixes.set(uri, name);
    }
    this.namespaces = namespaces;
    this.#walk(graph.root, '', graph.recursive);
  }

  /** From the root; `//name` for what stands anywhere. */
  pathOf(node: ElementNode): string {
    return this.#paths.get(node) ?? '/';
  }

  /** A bare name means any namespace, so it says its own, or that it has none, only beside its like. */
  element(node: QualifiedName): string {
    if (node.isAny === true) return '*';
    return this.#named(node, this.#prefixed.has(node.local));
  }

  attribute(owner: ElementNode, name: QualifiedName): string {
    const alike = [...owner.attributes.values()].filter(({ local }) => local === name.local);
    return `@${this.#named(name, alike.length > 1)}`;
  }

  /** '' for none. */
  prefixOf(uri: string | null): string {
    if (uri === null) return '';
    return uri === XML ? 'xml' : (this.#prefixes.get(uri) ?? '');
  }

  #named({ local, uri }: QualifiedName, withPrefix: boolean): string {
    if (!PLAIN.test(local)) return `[${JSON.stringify(local)}]`;
    return withPrefix ? `${this.prefixOf(uri)}:${local}` : local;
  }

  #walk(node: ElementNode, path: string, recursive: ReadonlySet<ElementNode>): void {
    for (const { child } of node.children.values()) {
      if (this.#paths.has(child)) continue;
      const own = recursive.has(child) ? `//${this.element(child)}` : `${path}/${this.element(child)}`;
      this.#paths.set(child, own);
      this.#walk(child, own, recursive);
    }
  }
}

function freePrefix(wanted: string, taken: Readonly<Record<string, string>>): string {
  const base = PREFIX.test(wanted) ? wanted : 'ns';
  const isFree = (name: string) => !Object.hasOwn(taken, name) && name !== 'xml' && name !== 'xmlns';
  if (base !== 'ns' && isFree(base)) return base;
  for (let number = 1; ; number += 1) if (isFree(`${base}${number}`)) return `${base}${number}`;
}
