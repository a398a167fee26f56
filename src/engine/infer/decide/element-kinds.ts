import { type AttributeStats, type ElementNode, identity } from '../observe/element-node.ts';
import { isForParsers, looksLikeId, XSI } from '../observe/names.ts';
import type { ValueStats } from '../observe/value-stats.ts';

/** Text with more kinds of elements in it than these is a document, not a value. */
const MOST_INLINE_KINDS = 40;

/**
 * Text with elements in it, as people write it, rather than a record with stray text between its fields: its kind is plain
 * text elsewhere, or the elements in it come and go. What was seen once proves little, and values of attributes count.
 */
export function isNarrative(node: ElementNode): boolean {
  const { text, mixed, withChildren, interleaved } = node;
  if (text === null || mixed === 0 || mixed * 2 < withChildren) return false;
  if (countKinds(node, new Set()) > MOST_INLINE_KINDS) return false;
  const isBare = attributesBelow(node).length === 0;
  const isWritten = interleaved * 2 >= mixed || areWords(text);
  if (text.count > mixed) return isBare || isWritten;
  const edges = [...node.children.values()];
  const repeats = edges.some(({ most }) => most > 1);
  const varies = repeats || edges.some(({ parents }) => parents < withChildren);
  return isWritten && varies && (mixed > 1 || (repeats && isBare));
}

/** Of most texts that are known. */
function areWords({ samples }: ValueStats): boolean {
  return samples.filter((sample) => /\s/.test(sample)).length * 2 >= samples.length;
}

/** Attributes of the elements in an element that have values. */
export function attributesBelow(node: ElementNode): readonly AttributeStats[] {
  const below = new Set<ElementNode>();
  const visit = ({ children }: ElementNode) => {
    for (const { child } of children.values()) {
      if (below.has(child)) continue;
      below.add(child);
      visit(child);
    }
  };
  visit(node);
  return [...below].flatMap(({ attributes }) =>
    [...attributes.values()].filter((attribute) => attribute.values.count > 0 && !isForParsers(attribute)),
  );
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
