import type { ColumnPath, NameTest, Predicate, RecordsPattern, Step } from '#engine/map/path/ast';
import type { Tree } from './support.ts';

/** The path language once more, as plainly as it can be written: over a whole tree, with nodes as objects. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: Node | null;
  readonly order: number;
  readonly content: (Node | string)[];
}

export function toNode(tree: Tree, parent: Node | null = null, counter = { next: 0 }): Node {
  const node: Node = { name: tree.name, attributes: tree.attributes ?? {}, parent, order: counter.next++, content: [] };
  for (const child of tree.children ?? []) {
    node.content.push(typeof child === 'string' ? child : toNode(child, node, counter));
  }
  return node;
}

export function recordsOf(root: Node, pattern: RecordsPattern): Node[] {
  const document: Node = { name: '#', attributes: {}, parent: null, order: -1, content: [root] };
  const [first, ...rest] = pattern.steps as [Step, ...Step[]];
  const start: Step = pattern.absolute ? first : { ...first, axis: 'descendant' };
  return walk([document], [start, ...rest]);
}

/** The texts a path selects from a record, in document order. */
export function select(record: Node, path: Extract<ColumnPath, { kind: 'select' }>): string[] {
  let from: Node | null = record;
  for (let up = 0; up < path.up; up += 1) from = from?.parent ?? null;
  if (from === null) return [];
  const { terminal } = path;
  return walk([from], path.steps).flatMap((node) => {
    if (terminal.kind === 'string') return [allText(node)];
    if (terminal.kind !== 'attribute') return [ownText(node)];
    const value = 'local' in terminal.name ? node.attributes[terminal.name.local] : undefined;
    return value === undefined ? [] : [value];
  });
}

function walk(from: Node[], steps: readonly Step[]): Node[] {
  let nodes = from;
  for (const step of steps) {
    const parents = step.axis === 'child' ? nodes : nodes.flatMap(withDescendants);
    nodes = unique(parents.flatMap((parent) => filtered(parent, step)));
  }
  return nodes;
}

function filtered(parent: Node, step: Step): Node[] {
  let nodes = childrenOf(parent).filter(({ name }) => isNamed(name, step.test));
  for (const predicate of step.predicates) {
    const before = nodes;
    nodes = before.filter((node, at) => holds(predicate, node, at, before.length));
  }
  return nodes;
}

function holds(predicate: Predicate, node: Node, at: number, length: number): boolean {
  if (predicate.kind === 'position') return at + 1 === predicate.position;
  if (predicate.kind === 'last') return at + 1 === length;
  if (predicate.kind === 'child') {
    return childrenOf(node).some((child) => isNamed(child.name, predicate.name) && ownText(child) === predicate.value);
  }
  return Object.entries(node.attributes).some(
    ([name, value]) => isNamed(name, predicate.name) && value === predicate.value,
  );
}

function isNamed(name: string, test: NameTest): boolean {
  return test.kind === 'any' || (test.kind === 'exact' ? test.name : test.local) === name;
}

function childrenOf(node: Node): Node[] {
  return node.content.filter((child): child is Node => typeof child !== 'string');
}

function withDescendants(node: Node): Node[] {
  return [node, ...childrenOf(node).flatMap(withDescendants)];
}

function ownText(node: Node): string {
  return node.content.filter((child) => typeof child === 'string').join('');
}

function allText(node: Node): string {
  return node.content.map((child) => (typeof child === 'string' ? child : allText(child))).join('');
}

function unique(nodes: Node[]): Node[] {
  return [...new Set(nodes)].sort((a, b) => a.order - b.order);
}
