import { type ErrorCode, LoadstoneError } from './errors.ts';
import { withoutComments } from './json-with-comments.ts';

/**
 * Reads JSON in which comments and trailing commas are allowed.
 * @param place the file's name, or what else the user knows it by; stands first in messages.
 * @throws LoadstoneError of the code, with the place of what is not JSON.
 */
export function readJson(text: string, place: string, code: ErrorCode): unknown {
  const json = withoutComments(text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text);
  try {
    return JSON.parse(json);
  } catch (error) {
    throw syntaxError(error, json, place, code);
  }
}

function syntaxError(error: unknown, json: string, place: string, code: ErrorCode): LoadstoneError {
  const detail = error instanceof Error ? error.message : String(error);
  const position = /at position (\d+)/.exec(detail)?.[1];
  const before = json.slice(0, position === undefined ? json.length : Number(position)).split('\n');
  const line = before.length;
  const column = [...(before.at(-1) ?? '')].length + 1;
  return new LoadstoneError({
    code,
    message: `${place}: line ${line}, column ${column} is not JSON: ${detail.replace(/ in JSON at position.*| \(line.*/s, '')}.`,
    remedy: 'Correct the text there; a missing comma, quote or bracket stands there or just before.',
    place: { path: place, line, column },
    cause: error,
  });
}
