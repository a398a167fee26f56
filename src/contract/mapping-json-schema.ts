import { z } from 'zod';
import type { JsonSchemaNode } from './json-schema.ts';
import { mappingSchema } from './mapping.ts';

/** @returns the JSON Schema of a mapping as people write it, published as `schemas/mapping-1.schema.json`. */
export function mappingJsonSchema(): JsonSchemaNode & Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(mappingSchema, { io: 'input', target: 'draft-2020-12' });
  return { ...schema, title: 'Loadstone mapping, version 1' } as JsonSchemaNode & Record<string, unknown>;
}
