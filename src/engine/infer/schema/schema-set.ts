import { keyOf, resolveName, type SchemaNode, XS } from './schema-node.ts';

const COMPONENTS = ['element', 'complexType', 'simpleType', 'group', 'attributeGroup', 'attribute'] as const;
type Component = (typeof COMPONENTS)[number];

/** What is known of nothing here, and so changes nothing. */
const IGNORED: ReadonlySet<string> = new Set([
  'any',
  'anyAttribute',
  'assert',
  'alternative',
  'union',
  'list',
  'redefine',
  'override',
]);

/** The components of schema documents that belong together. */
export class SchemaSet {
  /** Parts that were not looked at: how often each occurs. */
  readonly ignored = new Map<string, number>();
  readonly #components = new Map<Component, Map<string, SchemaNode>>(COMPONENTS.map((kind) => [kind, new Map()]));

  /** @returns where other documents of the set stand. */
  add(schema: SchemaNode): readonly string[] {
    for (const child of schema.children) {
      const kind = COMPONENTS.find((one) => one === child.local);
      const name = child.attributes.get('name');
      if (kind !== undefined && name !== undefined) {
        this.#components.get(kind)?.set(keyOf(schema.targetNamespace, name), child);
      }
    }
    this.#countIgnored(schema);
    return schema.children
      .filter(({ local }) => local === 'include' || local === 'import')
      .flatMap(({ attributes }) => attributes.get('schemaLocation') ?? []);
  }

  get(kind: Component, key: string): SchemaNode | null {
    return this.#components.get(kind)?.get(key) ?? null;
  }

  /** The component that an attribute of a node names. */
  named(kind: Component, node: SchemaNode, attribute: string): SchemaNode | null {
    const written = node.attributes.get(attribute);
    return written === undefined ? null : this.get(kind, resolveName(node, written));
  }

  #countIgnored(node: SchemaNode): void {
    if (IGNORED.has(node.local)) this.ignored.set(node.local, (this.ignored.get(node.local) ?? 0) + 1);
    if (node.attributes.has('substitutionGroup')) {
      this.ignored.set('substitutionGroup', (this.ignored.get('substitutionGroup') ?? 0) + 1);
    }
    for (const child of node.children) this.#countIgnored(child);
  }
}

/** @returns the local name of a built-in type, or null. */
export function builtIn(key: string): string | null {
  return key.startsWith(`{${XS}}`) ? key.slice(XS.length + 2) : null;
}
