import { z } from 'zod';
import { mappingSchema } from './mapping.ts';

/** The part of a JSON Schema node that explains a mapping's keys. */
interface JsonSchemaNode {
  readonly properties?: Readonly<Record<string, JsonSchemaNode>>;
  readonly items?: JsonSchemaNode;
  readonly anyOf?: readonly JsonSchemaNode[];
}

/** @returns the JSON Schema of a mapping as people write it, published as `schemas/mapping-1.schema.json`. */
export function mappingJsonSchema(): JsonSchemaNode & Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(mappingSchema, { io: 'input', target: 'draft-2020-12' });
  return { ...schema, title: 'Loadstone mapping, version 1' } as JsonSchemaNode & Record<string, unknown>;
}

/** @returns the keys allowed at a place of a mapping; empty where any are. */
export function allowedKeys(path: readonly PropertyKey[]): readonly string[] {
  let nodes: readonly JsonSchemaNode[] = [mappingJsonSchema()];
  for (const step of path) nodes = nodes.flatMap(alternatives).flatMap((node) => child(node, step));
  return nodes.flatMap(alternatives).flatMap((node) => Object.keys(node.properties ?? {}));
}

function alternatives(node: JsonSchemaNode): readonly JsonSchemaNode[] {
  return node.anyOf === undefined ? [node] : node.anyOf.flatMap(alternatives);
}

function child(node: JsonSchemaNode, step: PropertyKey): readonly JsonSchemaNode[] {
  const found = typeof step === 'number' ? node.items : node.properties?.[String(step)];
  return found === undefined ? [] : [found];
}
