import type { HashBudget } from '../observe/distinct-values.ts';
import { Edge, ElementNode, identity } from '../observe/element-node.ts';
import { foldMaps, type NamesAsData } from './fold-maps.ts';

/** The observed tree, made ready to be decided about. */
export interface ElementGraph {
  readonly root: ElementNode;
  /** Elements that hold elements of their own kind: one node each, wherever they stand. */
  readonly recursive: ReadonlySet<ElementNode>;
  /** Names that stand side by side in several namespaces, or with and without one: paths must say which is meant. */
  readonly prefixed: ReadonlySet<string>;
  /** Elements whose children's names are values. */
  readonly maps: readonly NamesAsData[];
}

/**
 * Folds what is one thing in several places: elements that hold themselves, and those whose names only tell them apart.
 * @param namesAreKnown whether somebody says which names there are.
 */
export function collapse(observed: ElementNode, budget: HashBudget, namesAreKnown = false): ElementGraph {
  const builder = new Builder(new Set([...recursiveNames(observed)].map(identity)), budget);
  const root = new ElementNode(observed);
  builder.absorb(root, observed);
  const recursive = new Set(builder.shared.values());
  const merge = (into: ElementNode, from: ElementNode) => absorb(into, from, budget);
  const maps = namesAreKnown ? [] : foldMaps(root, recursive, merge);
  return { root, recursive, prefixed: findClashes(root, recursive), maps };
}

/** Names that mean several namespaces below one parent; of what holds itself, anywhere. */
function findClashes(root: ElementNode, recursive: ReadonlySet<ElementNode>): ReadonlySet<string> {
  const clashes = new Set<string>();
  const everywhere = new Map<string, Set<string | null>>();
  const visited = new Set<ElementNode>();
  const visit = (node: ElementNode) => {
    if (visited.has(node)) return;
    visited.add(node);
    const here = new Map<string, Set<string | null>>();
    for (const { child } of node.children.values()) {
      for (const known of child.isRecord || child.isAny ? [] : [here, everywhere])
        known.set(child.local, (known.get(child.local) ?? new Set()).add(child.uri));
      visit(child);
    }
    for (const [local, uris] of here) if (uris.size > 1) clashes.add(local);
  };
  visit(root);
  for (const { local } of recursive) if ((everywhere.get(local)?.size ?? 0) > 1) clashes.add(local);
  return clashes;
}

/** Adds what one file held to what others of its kind held. */
export function absorb(into: ElementNode, from: ElementNode, budget: HashBudget): void {
  new Builder(new Set(), budget).absorb(into, from);
}

class Builder {
  readonly shared = new Map<string, ElementNode>();
  readonly #folded: ReadonlySet<string>;
  readonly #budget: HashBudget;
  readonly #absorbed = new Map<ElementNode, ElementNode>();

  constructor(folded: ReadonlySet<string>, budget: HashBudget) {
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
      const key = identity(edge.child);
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
