import type { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';

export const XS = 'http://www.w3.org/2001/XMLSchema';

/** An element of a schema document. Schemas are small, so they are kept whole. */
export interface SchemaNode {
  readonly local: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly SchemaNode[];
  /** What prefixes mean here: `''` is the default namespace. */
  readonly namespaces: ReadonlyMap<string, string>;
  readonly targetNamespace: string;
  /** Whether local elements are in the target namespace. */
  readonly qualified: boolean;
}

interface Draft {
  readonly local: string;
  readonly attributes: Map<string, string>;
  readonly children: SchemaNode[];
  namespaces: ReadonlyMap<string, string>;
  targetNamespace: string;
  qualified: boolean;
}

/** Hears one schema document and keeps it. */
export class SchemaTree implements TreeHandler {
  readonly wantsText = false;
  readonly wantsAttributes = true;
  root: SchemaNode | null = null;
  readonly #names: NameTable;
  readonly #open: Draft[] = [];

  constructor(names: NameTable) {
    this.#names = names;
  }

  open(name: number): void {
    const parent = this.#open.at(-1);
    const local = this.#names.nameOf(this.#names.localOf(name));
    const draft: Draft = {
      local,
      attributes: new Map(),
      children: [],
      namespaces: parent?.namespaces ?? new Map(),
      targetNamespace: parent?.targetNamespace ?? '',
      qualified: parent?.qualified ?? false,
    };
    parent?.children.push(draft);
    this.root ??= draft;
    this.#open.push(draft);
  }

  attribute(name: number, value: string): void {
    const draft = this.#open.at(-1);
    if (draft === undefined) return;
    const written = this.#names.nameOf(name);
    if (written === 'xmlns' || written.startsWith('xmlns:')) {
      draft.namespaces = new Map([...draft.namespaces, [written.slice('xmlns:'.length), value]]);
    } else draft.attributes.set(written, value);
    if (draft.local !== 'schema') return;
    if (written === 'targetNamespace') draft.targetNamespace = value;
    if (written === 'elementFormDefault') draft.qualified = value === 'qualified';
  }

  text(): void {}
  unresolvedEntity(): void {}
  unresolvedAttributeEntity(): void {}

  close(): void {
    this.#open.pop();
  }
}

/** A name in a schema, as `{namespace}local`; without a prefix the default namespace holds. */
export function resolveName(node: SchemaNode, written: string): string {
  const colon = written.indexOf(':');
  const uri = node.namespaces.get(colon < 0 ? '' : written.slice(0, colon)) ?? '';
  return keyOf(uri, written.slice(colon + 1));
}

export function keyOf(uri: string | null, local: string): string {
  return uri === null || uri === '' ? local : `{${uri}}${local}`;
}
