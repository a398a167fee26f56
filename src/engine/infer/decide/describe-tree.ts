import type { ObservedElement } from '#contract/inference';
import { chooseType, type KnownOfValues } from '#engine/model/types/choose-type';
import type { Edge, ElementNode } from '../observe/element-node.ts';
import type { ValueStats } from '../observe/value-stats.ts';
import type { PathNames } from './path-names.ts';

/** Every element and attribute with its numbers, parents first. */
export function describeTree(root: ElementNode, paths: PathNames, known: KnownOfValues): readonly ObservedElement[] {
  const elements: ObservedElement[] = [];
  const visited = new Set<ElementNode>();
  const visit = (parent: ElementNode, edge: Edge) => {
    const { child } = edge;
    if (visited.has(child)) return;
    visited.add(child);
    elements.push(elementOf(parent, edge, paths, known));
    for (const { values, ...name } of child.attributes.values()) {
      const path = `${paths.pathOf(child)}/${paths.attribute(child, name)}`;
      const seen = values.count + values.empty;
      const least = seen === child.count ? 1 : 0;
      elements.push({ path, count: seen, least, most: 1, histogram: [seen], values: valuesOf(values, known) });
    }
    for (const below of child.children.values()) visit(child, below);
  };
  for (const edge of root.children.values()) visit(root, edge);
  return elements;
}

function elementOf(parent: ElementNode, edge: Edge, paths: PathNames, known: KnownOfValues): ObservedElement {
  const { child, most, parents, histogram } = edge;
  return {
    path: paths.pathOf(child),
    count: child.count,
    least: parents === parent.count && most > 0 ? 1 : 0,
    most,
    histogram: [...histogram],
    ...(child.text !== null && child.text.count > 0 && { values: valuesOf(child.text, known) }),
  };
}

function valuesOf(values: ValueStats, known: KnownOfValues): ObservedElement['values'] & object {
  return {
    count: values.count,
    empty: values.empty,
    distinct: values.distinct.count,
    atLeast: values.distinct.incomplete,
    shortest: values.count === 0 ? 0 : values.shortest,
    longest: values.longest,
    samples: [...values.samples],
    type: chooseType(values, known).type,
  };
}
