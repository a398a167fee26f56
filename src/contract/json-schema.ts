/** The part of a JSON Schema node that explains a document's keys. */
export interface JsonSchemaNode {
  readonly properties?: Readonly<Record<string, JsonSchemaNode>>;
  readonly additionalProperties?: JsonSchemaNode | boolean;
  readonly items?: JsonSchemaNode;
  readonly anyOf?: readonly JsonSchemaNode[];
}

/** @returns the keys allowed at a place of a document; empty where any are. */
export function allowedKeys(schema: JsonSchemaNode, path: readonly PropertyKey[]): readonly string[] {
  let nodes: readonly JsonSchemaNode[] = [schema];
  for (const step of path) nodes = nodes.flatMap(alternatives).flatMap((node) => child(node, step));
  return nodes.flatMap(alternatives).flatMap((node) => Object.keys(node.properties ?? {}));
}

function alternatives(node: JsonSchemaNode): readonly JsonSchemaNode[] {
  return node.anyOf === undefined ? [node] : node.anyOf.flatMap(alternatives);
}

function child(node: JsonSchemaNode, step: PropertyKey): readonly JsonSchemaNode[] {
  const found = typeof step === 'number' ? node.items : (node.properties?.[String(step)] ?? node.additionalProperties);
  return typeof found === 'object' ? [found] : [];
}
