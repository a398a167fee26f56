import { keyOf, resolveName, type SchemaNode } from './schema-node.ts';
import type { SchemaSet } from './schema-set.ts';
import { contentType, type SimpleType, simpleTypeOf } from './simple-type.ts';

interface Child {
  readonly declaration: SchemaNode;
  readonly required: boolean;
  readonly many: boolean;
}

interface Attribute {
  readonly type: SimpleType | null;
  readonly required: boolean;
}

/** What may stand in an element: children by `{namespace}local`, attributes likewise, and its text. */
export interface ContentModel {
  readonly children: Map<string, Child>;
  readonly attributes: Map<string, Attribute>;
  text: SimpleType | null;
}

/** Types that extend each other in a circle are no schema. */
const DEEPEST = 50;

export function contentOf(set: SchemaSet, element: SchemaNode): ContentModel {
  const model: ContentModel = { children: new Map(), attributes: new Map(), text: null };
  const inPlace = element.children.find(({ local }) => local === 'complexType');
  const complex = inPlace ?? set.named('complexType', element, 'type');
  if (complex === null) model.text = simpleTypeOf(set, element, 'type');
  else new ModelReader(set, model).complex(complex, 0);
  return model;
}

interface Occurs {
  readonly required: boolean;
  readonly many: boolean;
}

class ModelReader {
  readonly #set: SchemaSet;
  readonly #model: ContentModel;

  constructor(set: SchemaSet, model: ContentModel) {
    this.#set = set;
    this.#model = model;
  }

  complex(type: SchemaNode, depth: number): void {
    if (depth > DEEPEST) return;
    this.#model.text ??= contentType(this.#set, type);
    this.#parts(type, { required: true, many: false }, depth);
  }

  #parts(node: SchemaNode, occurs: Occurs, depth: number): void {
    if (depth > DEEPEST) return;
    for (const child of node.children) this.#part(child, occurs, depth + 1);
  }

  #part(node: SchemaNode, outer: Occurs, depth: number): void {
    switch (node.local) {
      case 'complexContent':
      case 'simpleContent':
        this.#parts(node, outer, depth);
        break;
      case 'extension':
      case 'restriction':
        this.#derived(node, outer, depth);
        break;
      case 'sequence':
      case 'all':
        this.#parts(node, within(outer, node), depth);
        break;
      case 'choice':
        this.#parts(node, { ...within(outer, node), required: false }, depth);
        break;
      case 'group':
        this.#group(node, within(outer, node), depth);
        break;
      case 'element':
        this.#element(node, within(outer, node));
        break;
      case 'attributeGroup':
        this.#attributeGroup(node, depth);
        break;
      case 'attribute':
        this.#attribute(node);
        break;
    }
  }

  /** A restriction says its children anew; attributes it does not mention stay. */
  #derived(node: SchemaNode, outer: Occurs, depth: number): void {
    const base = this.#set.named('complexType', node, 'base');
    if (base !== null) this.complex(base, depth);
    this.#parts(node, outer, depth);
  }

  #group(node: SchemaNode, occurs: Occurs, depth: number): void {
    const named = this.#set.named('group', node, 'ref');
    if (named !== null) this.#parts(named, occurs, depth);
  }

  #attributeGroup(node: SchemaNode, depth: number): void {
    const named = this.#set.named('attributeGroup', node, 'ref');
    if (named !== null) this.#parts(named, { required: true, many: false }, depth);
  }

  #element(node: SchemaNode, occurs: Occurs): void {
    const ref = node.attributes.get('ref');
    const name = node.attributes.get('name') ?? '';
    const isQualified = node.attributes.get('form') === 'qualified' || (node.qualified && !node.attributes.has('form'));
    const key = ref === undefined ? keyOf(isQualified ? node.targetNamespace : '', name) : resolveName(node, ref);
    const declaration = ref === undefined ? node : this.#set.get('element', key);
    if (declaration === null) return;
    const known = this.#model.children.get(key);
    // The same name twice in one model is many.
    this.#model.children.set(key, {
      declaration,
      required: occurs.required || known?.required === true,
      many: occurs.many || known !== undefined,
    });
  }

  #attribute(node: SchemaNode): void {
    const ref = node.attributes.get('ref');
    const declaration = ref === undefined ? node : this.#set.named('attribute', node, 'ref');
    const key = ref === undefined ? (node.attributes.get('name') ?? '') : resolveName(node, ref);
    const type = declaration === null ? null : simpleTypeOf(this.#set, declaration, 'type');
    this.#model.attributes.set(key, { type, required: node.attributes.get('use') === 'required' });
  }
}

function within(outer: Occurs, { attributes }: SchemaNode): Occurs {
  const least = Number(attributes.get('minOccurs') ?? 1);
  const most = attributes.get('maxOccurs') ?? '1';
  return {
    required: outer.required && least > 0,
    many: outer.many || most === 'unbounded' || Number(most) > 1,
  };
}
