import type { ElementNode } from '../observe/element-node.ts';
import { type QualifiedName, XML } from '../observe/names.ts';
import type { ElementGraph } from './collapse.ts';

/** Names that a path may write without brackets: a part of what XML allows, which the path's reader takes whole. */
const PLAIN =
  /^[A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0400-\u0481\u1e00-\u1eff\u3041-\u3096\u4e00-\u9fff][-.\w\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0400-\u0481\u1e00-\u1eff\u3041-\u3096\u4e00-\u9fff]*$/;
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

  /** A bare name means any namespace, so it gets a prefix only beside its like. */
  element(node: QualifiedName): string {
    return this.#named(node, this.#prefixed.has(node.local));
  }

  attribute(owner: ElementNode, name: QualifiedName): string {
    const alike = [...owner.attributes.values()].filter(({ local }) => local === name.local);
    return `@${this.#named(name, alike.length > 1)}`;
  }

  #named({ local, uri }: QualifiedName, withPrefix: boolean): string {
    const prefix = withPrefix && uri !== null ? (uri === XML ? 'xml' : this.#prefixes.get(uri)) : undefined;
    if (!PLAIN.test(local)) return `[${JSON.stringify(local)}]`;
    return prefix === undefined ? local : `${prefix}:${local}`;
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
