import { type DocumentKind, explainIssues } from './document-issues.ts';
import { LoadstoneError } from './errors.ts';
import { readJson } from './read-json.ts';
import { type Resolutions, resolutionsSchema } from './resolutions.ts';
import { resolutionsJsonSchema } from './resolutions-json-schema.ts';

const RESOLUTIONS: DocumentKind = {
  name: 'the document',
  schema: resolutionsJsonSchema,
  remedy: 'Compare the file with schemas/resolutions-1.schema.json.',
};

/**
 * Reads a file of resolutions: JSON in which comments and trailing commas are allowed.
 * @param place the file's name; stands first in messages.
 * @throws LoadstoneError RESOLUTIONS_INVALID naming the key, its place and what is allowed there.
 */
export function readResolutions(text: string, place: string): Resolutions {
  const written = readJson(text, place, 'RESOLUTIONS_INVALID');
  const parsed = resolutionsSchema.safeParse(written);
  if (parsed.success) return parsed.data;
  const { problems, remedy } = explainIssues(parsed.error.issues, written, RESOLUTIONS);
  throw new LoadstoneError({ code: 'RESOLUTIONS_INVALID', message: `${place}: ${problems.join('; ')}.`, remedy });
}
