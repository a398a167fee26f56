import { type DocumentKind, explainIssues } from './document-issues.ts';
import { LoadstoneError } from './errors.ts';
import { type Mapping, mappingSchema } from './mapping.ts';
import { mappingJsonSchema } from './mapping-json-schema.ts';
import { readJson } from './read-json.ts';

const MAPPING: DocumentKind = {
  name: 'the mapping',
  schema: mappingJsonSchema,
  remedy: 'Compare the file with schemas/mapping-1.schema.json.',
};

/**
 * Reads a mapping file: JSON in which comments and trailing commas are allowed.
 * @param place the file's name, or what else the user knows it by; stands first in messages.
 * @returns the mapping with every default applied.
 * @throws LoadstoneError MAPPING_INVALID naming the key, its place and what is allowed there.
 */
export function readMapping(text: string, place: string): Mapping {
  const written = readJson(text, place, 'MAPPING_INVALID');
  const parsed = mappingSchema.safeParse(written);
  if (parsed.success) return parsed.data;
  const { problems, remedy } = explainIssues(parsed.error.issues, written, MAPPING);
  throw new LoadstoneError({ code: 'MAPPING_INVALID', message: `${place}: ${problems.join('; ')}.`, remedy });
}
