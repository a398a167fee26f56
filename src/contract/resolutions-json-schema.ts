import { z } from 'zod';
import type { JsonSchemaNode } from './json-schema.ts';
import { resolutionsSchema } from './resolutions.ts';

/** @returns the JSON Schema of resolutions, published as `schemas/resolutions-1.schema.json`. */
export function resolutionsJsonSchema(): JsonSchemaNode & Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(resolutionsSchema, { io: 'input', target: 'draft-2020-12' });
  return { ...schema, title: 'Loadstone resolutions, version 1' } as JsonSchemaNode & Record<string, unknown>;
}
