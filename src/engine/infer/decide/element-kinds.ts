import { type ElementNode, identity } from '../observe/element-node.ts';
import { isForParsers, looksLikeId, XSI } from '../observe/names.ts';
import type { ValueStats } from '../observe/value-stats.ts';

/** Text with more kinds of elements in it than these is a document, not a value. */
const MOST_INLINE_KINDS = 40;

/** Text with elements in it, as people write it, rather than a record with stray text between its fields. */
export function isNarrative(node: ElementNode): boolean {
  if (node.text === null || node.mixed === 0 || node.mixed * 2 < node.withChildren) return false;
  return countKinds(node, new Set()) <= MOST_INLINE_KINDS;
}

function countKinds(node: ElementNode, seen: Set<ElementNode>): number {
  if (seen.has(node)) return 0;
  seen.add(node);
  let kinds = 1;
  for (const { child } of node.children.values()) {
    kinds += countKinds(child, seen);
    if (kinds > MOST_INLINE_KINDS) break;
  }
  return kinds;
}

/** It was empty on purpose: at other times it has a value. */
export function isNil({ attributes }: ElementNode): boolean {
  return attributes.has(identity({ local: 'nil', uri: XSI }));
}

function hasOwnId(node: ElementNode): boolean {
  const isId = (local: string, values: ValueStats | null) =>
    values !== null && looksLikeId(local) && values.count === node.count && !values.distinct.repeated;
  if ([...node.attributes.values()].some(({ local, values }) => isId(local, values))) return true;
  return [...node.children.values()].some(({ child, most }) => most === 1 && isId(child.local, child.text));
}

/** `featureMember` and the like: it says nothing, and holds one element that has an id of its own. */
export function isWrapper(node: ElementNode): boolean {
  if (node.text !== null || node.children.size === 0) return false;
  if ([...node.attributes.values()].some((attribute) => !isForParsers(attribute))) return false;
  const edges = [...node.children.values()];
  const total = edges.reduce((sum, edge) => sum + edge.total, 0);
  return total === node.count && edges.every(({ child, most }) => most === 1 && hasOwnId(child));
}
