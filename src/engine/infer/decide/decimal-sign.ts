import type { DecimalSign } from '#engine/model/types/choose-type';
import type { ElementNode } from '../observe/element-node.ts';
import type { ValueStats } from '../observe/value-stats.ts';

/**
 * The sign that parts decimals wherever, below this node, it can only be the one: it tells how numbers are meant that can
 * be read in two ways. undefined when there is none, or when both are in use.
 */
export function decimalSignBelow(root: ElementNode): DecimalSign | undefined {
  const signs = new Set<DecimalSign>();
  const visited = new Set<ElementNode>();
  const look = (values: ValueStats | null) => {
    const sign = values === null ? null : certainSign(values);
    if (sign !== null) signs.add(sign);
  };
  const visit = (node: ElementNode) => {
    if (visited.has(node)) return;
    visited.add(node);
    look(node.text);
    for (const { values } of node.attributes.values()) look(values);
    for (const { child } of node.children.values()) visit(child);
  };
  visit(root);
  const [sign] = signs;
  return signs.size === 1 ? sign : undefined;
}

function certainSign({ count, evidence: { isText, numbers } }: ValueStats): DecimalSign | null {
  if (count === 0 || isText || numbers.refuted || numbers.signed === 0) return null;
  if (numbers.dot.possible === numbers.comma.possible) return null;
  return numbers.dot.possible ? '.' : ',';
}
