import type { DialectProperty } from '#contract/inference';
import { isTyped } from './column-types.ts';
import { guessed } from './guess.ts';
import type { SampleCell } from './read-sample.ts';

/** Taken for null wherever they stand without quotes. */
const ALWAYS = ['NULL', '\\N'];
/** Taken for null when all other values of some column are of a type that they are not. */
const PERHAPS = ['null', 'Null', 'N/A', 'n/a', 'NA', 'NaN', '#N/A', 'None', 'none', 'nil', '-', '--', '?', '.'];

const ANY = new Set([...ALWAYS, ...PERHAPS]);

/** Which texts say that there is no value, besides the empty field. */
export function guessNullValues(columns: readonly (readonly SampleCell[])[]): DialectProperty<readonly string[]> {
  const found = [
    ...ALWAYS.filter((token) => columns.some((cells) => cells.some((cell) => isToken(cell, token)))),
    ...PERHAPS.filter((token) => columns.some((cells) => standsForNothing(cells, token))),
  ];
  if (found.length === 0) return guessed([''], 0.9, 'ONLY_EMPTY');
  return guessed(['', ...found], 0.8, 'TOKENS_AMONG_OTHERS', { tokens: found.join(', ') });
}

/** Whether the text may stand for no value. */
export function isNullToken({ text, quoted }: SampleCell): boolean {
  return !quoted && ANY.has(text);
}

function isToken({ text, quoted }: SampleCell, token: string): boolean {
  return !quoted && text === token;
}

function standsForNothing(cells: readonly SampleCell[], token: string): boolean {
  if (!cells.some((cell) => isToken(cell, token))) return false;
  const others = cells.filter(({ text, quoted }) => text.trim() !== '' && (quoted || !ANY.has(text)));
  return isTyped(others.map(({ text }) => text.trim()));
}
