import { Edge, ElementNode } from '../observe/element-node.ts';

/** An element whose children's names look like values: ids, days, codes. */
export interface NamesAsData {
  readonly node: ElementNode;
  /** Different names. */
  readonly names: number;
  /** What stands below most of them; none: they are single values. */
  readonly fields: number;
  /** They are one kind of element now. */
  readonly isFolded: boolean;
}

/** Fewer names than these are fields. */
const LEAST_NAMES = 30;
/** So many single values of one record may still be fields. */
const LEAST_VALUES = 100;
/** How much of all that stands below some of them each one has. */
const ALIKE = 0.5;
/** Of the records each name stands in, this share at most: fields come again. */
const RARE = 0.5;

/** Makes one element, of any name, of elements that differ in nothing but their names. */
export function foldMaps(
  root: ElementNode,
  recursive: ReadonlySet<ElementNode>,
  merge: (into: ElementNode, from: ElementNode) => void,
): readonly NamesAsData[] {
  const found: NamesAsData[] = [];
  const visited = new Set<ElementNode>();
  const visit = (node: ElementNode) => {
    if (visited.has(node)) return;
    visited.add(node);
    const names = node.children.size;
    if (node !== root && mayBeMap(node)) {
      const fields = sharedFields(node);
      const isFolded = fields > 0 && !holds(node, recursive, new Set());
      if (isFolded) fold(node, merge);
      if (isFolded || (names >= LEAST_VALUES && isOfNumbered(node))) found.push({ node, names, fields, isFolded });
    }
    for (const { child } of node.children.values()) visit(child);
  };
  visit(root);
  return found;
}

function fold(node: ElementNode, merge: (into: ElementNode, from: ElementNode) => void): void {
  const edges = [...node.children.values()];
  const any = new ElementNode({ local: node.isRecord ? 'entry' : node.local, uri: null, isAny: true });
  const edge = new Edge(any);
  for (const one of edges) {
    edge.merge(one, edge.total > 0);
    merge(any, one.child);
  }
  node.children.clear();
  node.children.set('*', edge);
}

/** Many different names, each at most once below one parent, and none that is there nearly always. */
function mayBeMap({ count, children, text }: ElementNode): boolean {
  if (text !== null || children.size < LEAST_NAMES) return false;
  const edges = [...children.values()];
  const [first] = edges;
  if (edges.some(({ most, child }) => most !== 1 || child.isRecord || child.uri !== first?.child.uri)) return false;
  const met = edges.reduce((sum, { parents }) => sum + parents, 0);
  return count === 1 || met <= RARE * count * edges.length;
}

/** @returns how many different fields the children have, when they all have much the same; else 0. */
function sharedFields({ children }: ElementNode): number {
  const fields = new Set<string>();
  let had = 0;
  for (const { child } of children.values()) {
    const own = [...child.children.keys(), ...[...child.attributes.keys()].map((key) => `@${key}`)];
    if (own.length === 0) return 0;
    had += own.length;
    for (const key of own) fields.add(key);
  }
  return had >= ALIKE * fields.size * children.size ? fields.size : 0;
}

/** Names of single values that look counted or dated. */
function isOfNumbered({ children }: ElementNode): boolean {
  const leaves = [...children.values()].filter(({ child }) => child.children.size === 0);
  const numbered = leaves.filter(({ child }) => /\d/.test(child.local));
  return leaves.length === children.size && numbered.length >= 0.8 * leaves.length;
}

function holds(node: ElementNode, searched: ReadonlySet<ElementNode>, seen: Set<ElementNode>): boolean {
  if (seen.has(node)) return false;
  seen.add(node);
  return [...node.children.values()].some(({ child }) => searched.has(child) || holds(child, searched, seen));
}
