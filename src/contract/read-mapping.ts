import { LoadstoneError } from './errors.ts';
import { withoutComments } from './json-with-comments.ts';
import { type Mapping, mappingSchema } from './mapping.ts';
import { explainIssues } from './mapping-issues.ts';

/**
 * Reads a mapping file: JSON in which comments and trailing commas are allowed.
 * @param place the file's name, or what else the user knows it by; stands first in messages.
 * @returns the mapping with every default applied.
 * @throws LoadstoneError MAPPING_INVALID naming the key, its place and what is allowed there.
 */
export function readMapping(text: string, place: string): Mapping {
  const written = parseJson(text, place);
  const parsed = mappingSchema.safeParse(written);
  if (parsed.success) return parsed.data;
  const { problems, remedy } = explainIssues(parsed.error.issues, written);
  throw new LoadstoneError({ code: 'MAPPING_INVALID', message: `${place}: ${problems.join('; ')}.`, remedy });
}

function parseJson(text: string, place: string): unknown {
  const json = withoutComments(text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text);
  try {
    return JSON.parse(json);
  } catch (error) {
    throw syntaxError(error, json, place);
  }
}

function syntaxError(error: unknown, json: string, place: string): LoadstoneError {
  const detail = error instanceof Error ? error.message : String(error);
  const position = /at position (\d+)/.exec(detail)?.[1];
  const before = json.slice(0, position === undefined ? json.length : Number(position)).split('\n');
  const line = before.length;
  const column = [...(before.at(-1) ?? '')].length + 1;
  return new LoadstoneError({
    code: 'MAPPING_INVALID',
    message: `${place}: line ${line}, column ${column} is not JSON: ${detail.replace(/ in JSON at position.*| \(line.*/s, '')}.`,
    remedy: 'Correct the text there; a missing comma, quote or bracket stands there or just before.',
    place: { path: place, line, column },
    cause: error,
  });
}
