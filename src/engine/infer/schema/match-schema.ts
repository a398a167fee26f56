import { type Edge, type ElementNode, identity } from '../observe/element-node.ts';
import type { ValueStats } from '../observe/value-stats.ts';
import { contentOf } from './content-model.ts';
import { matchKeys, type SchemaKeys } from './schema-keys.ts';
import type { SchemaNode } from './schema-node.ts';
import type { SchemaSet } from './schema-set.ts';
import type { SimpleType } from './simple-type.ts';

/** What a schema says of what was observed. */
export interface SchemaFacts extends SchemaKeys {
  /** Elements that may repeat, whether they did or not. */
  readonly many: ReadonlySet<Edge>;
  readonly types: ReadonlyMap<ValueStats, SimpleType>;
  /** Whether a value must be there wherever its element's parent is. */
  readonly required: ReadonlyMap<ElementNode | ValueStats, boolean>;
  /** Roots the schema does not know. */
  readonly unknownRoots: readonly ElementNode[];
}

/** Lays a schema beside what was observed, from the roots down. */
export function matchSchema(root: ElementNode, set: SchemaSet): SchemaFacts {
  const matcher = new Matcher(set);
  const unknownRoots: ElementNode[] = [];
  for (const { child } of root.children.values()) {
    const declaration = set.get('element', identity(child));
    if (declaration === null) unknownRoots.push(child);
    else matcher.element(child, declaration);
  }
  const { many, types, required, declarations } = matcher;
  return { many, types, required, unknownRoots, ...matchKeys(declarations) };
}

class Matcher {
  readonly many = new Set<Edge>();
  readonly types = new Map<ValueStats, SimpleType>();
  readonly required = new Map<ElementNode | ValueStats, boolean>();
  readonly declarations = new Map<ElementNode, SchemaNode>();
  readonly #set: SchemaSet;

  constructor(set: SchemaSet) {
    this.#set = set;
  }

  element(node: ElementNode, declaration: SchemaNode): void {
    if (this.declarations.has(node)) return;
    this.declarations.set(node, declaration);
    const model = contentOf(this.#set, declaration);
    if (node.text !== null && model.text !== null) this.types.set(node.text, model.text);
    for (const attribute of node.attributes.values()) {
      const known = model.attributes.get(identity(attribute));
      if (known === undefined) continue;
      this.required.set(attribute.values, known.required);
      if (known.type !== null) this.types.set(attribute.values, known.type);
    }
    for (const edge of node.children.values()) {
      const known = model.children.get(identity(edge.child));
      if (known === undefined) continue;
      if (known.many) this.many.add(edge);
      this.required.set(edge.child, known.required && known.declaration.attributes.get('nillable') !== 'true');
      this.element(edge.child, known.declaration);
    }
  }
}
