import type { HashBudget } from '../observe/distinct-values.ts';
import { Edge, ElementNode, identity } from '../observe/element-node.ts';

/** The observed tree, made ready to be decided about. */
export interface ElementGraph {
  readonly root: ElementNode;
  /** Elements that hold elements of their own kind: one node each, wherever they stand. */
  readonly recursive: ReadonlySet<ElementNode>;
  /** Names that stand side by side in several namespaces: paths must write their prefix. */
  readonly prefixed: ReadonlySet<string>;
  /** Names that stand side by side with and without a namespace: no path can tell them apart, so they are one. */
  readonly merged: ReadonlySet<string>;
}

/**
 * Folds what is one thing in several places: elements that hold themselves, and names that paths cannot tell apart.
 */
export function collapse(observed: ElementNode, budget: HashBudget): ElementGraph {
  const names: Clashes = { prefixed: new Set(), merged: new Set() };
  const recursive = recursiveNames(observed);
  // What is merged may bring more names side by side.
  while (findClashes(fold(observed, recursive, names, null), names));
  for (const local of names.merged) names.prefixed.delete(local);
  return { ...fold(observed, recursive, names, budget), ...names };
}

interface Clashes {
  readonly prefixed: Set<string>;
  readonly merged: Set<string>;
}

/** @param budget null: only what stands where, without what is known of it. */
function fold(
  observed: ElementNode,
  recursive: ReadonlySet<ElementNode>,
  { merged }: Clashes,
  budget: HashBudget | null,
): Pick<ElementGraph, 'root' | 'recursive'> {
  const keyOf = (node: ElementNode) => (merged.has(node.local) && !node.isRecord ? node.local : identity(node));
  const builder = new Builder(keyOf, new Set([...recursive].map(keyOf)), budget);
  const root = new ElementNode(observed);
  builder.absorb(root, observed);
  return { root, recursive: new Set(builder.shared.values()) };
}

/** Names that mean several namespaces below one parent; of what holds itself, anywhere. @returns whether any is new. */
function findClashes({ root, recursive }: Pick<ElementGraph, 'root' | 'recursive'>, names: Clashes): boolean {
  const before = names.prefixed.size + names.merged.size;
  const everywhere = new Map<string, Set<string | null>>();
  const visited = new Set<ElementNode>();
  const visit = (node: ElementNode) => {
    if (visited.has(node)) return;
    visited.add(node);
    const here = new Map<string, Set<string | null>>();
    for (const { child } of node.children.values()) {
      for (const known of child.isRecord ? [] : [here, everywhere])
        known.set(child.local, (known.get(child.local) ?? new Set()).add(child.uri));
      visit(child);
    }
    for (const [local, uris] of here) judge(local, uris, names);
  };
  visit(root);
  for (const { local } of recursive) judge(local, everywhere.get(local) ?? new Set(), names);
  return names.prefixed.size + names.merged.size > before;
}

function judge(local: string, uris: ReadonlySet<string | null>, { prefixed, merged }: Clashes): void {
  if (uris.size < 2 || merged.has(local)) return;
  (uris.has(null) ? merged : prefixed).add(local);
}

/** Adds what one file held to what others of its kind held. */
export function absorb(into: ElementNode, from: ElementNode, budget: HashBudget): void {
  new Builder(identity, new Set(), budget).absorb(into, from);
}

class Builder {
  readonly shared = new Map<string, ElementNode>();
  readonly #keyOf: (node: ElementNode) => string;
  readonly #folded: ReadonlySet<string>;
  readonly #budget: HashBudget | null;
  readonly #absorbed = new Map<ElementNode, ElementNode>();

  constructor(keyOf: (node: ElementNode) => string, folded: ReadonlySet<string>, budget: HashBudget | null) {
    this.#keyOf = keyOf;
    this.#folded = folded;
    this.#budget = budget;
  }

  /** Takes an observed node and all below it into a node of the graph. */
  absorb(into: ElementNode, from: ElementNode): void {
    if (this.#absorbed.has(from)) return;
    this.#absorbed.set(from, into);
    if (this.#budget !== null) into.mergeOwn(from);
    const met = new Set<Edge>();
    for (const edge of from.children.values()) {
      const key = this.#keyOf(edge.child);
      const known = into.children.get(key);
      const target = known ?? new Edge(this.#nodeFor(key, edge.child));
      if (known === undefined) into.children.set(key, target);
      target.merge(edge, met.has(target));
      met.add(target);
      this.absorb(target.child, edge.child);
    }
  }

  #nodeFor(key: string, observed: ElementNode): ElementNode {
    if (!this.#folded.has(key)) return this.#absorbed.get(observed) ?? new ElementNode(observed);
    const node = this.shared.get(key) ?? new ElementNode(observed);
    this.shared.set(key, node);
    return node;
  }
}

/** Nodes below a node of the same name that are of the same kind: they have a child or an attribute in common. */
function recursiveNames(root: ElementNode): ReadonlySet<ElementNode> {
  const found = new Set<ElementNode>();
  const above: ElementNode[] = [];
  const visit = (node: ElementNode) => {
    const key = identity(node);
    for (const ancestor of above) {
      if (identity(ancestor) === key && isOfOneKind(ancestor, node)) found.add(node);
    }
    above.push(node);
    for (const { child } of node.children.values()) {
      if (above.includes(child)) found.add(child);
      else visit(child);
    }
    above.pop();
  };
  visit(root);
  return found;
}

function isOfOneKind(outer: ElementNode, inner: ElementNode): boolean {
  if (inner.text !== null && outer.text !== null) return true;
  for (const key of inner.children.keys()) if (outer.children.has(key)) return true;
  for (const key of inner.attributes.keys()) if (outer.attributes.has(key)) return true;
  return false;
}
