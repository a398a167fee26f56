import { guessType } from './column-type.ts';
import type { Guess } from './guess.ts';
import type { SampleCell } from './read-sample.ts';

/** Taken for null wherever they stand without quotes. */
const ALWAYS = ['NULL', '\\N'];
/** Taken for null when all other values of some column are of a type that they are not. */
const PERHAPS = ['null', 'Null', 'N/A', 'n/a', 'NA', 'NaN', '#N/A', 'None', 'none', 'nil', '-', '--', '?', '.'];

const ANY = new Set([...ALWAYS, ...PERHAPS]);

/** Which texts say that there is no value, besides the empty field. */
export function guessNullValues(columns: readonly (readonly SampleCell[])[]): Guess<readonly string[]> {
  const found = [
    ...ALWAYS.filter((token) => columns.some((cells) => cells.some((cell) => isToken(cell, token)))),
    ...PERHAPS.filter((token) => columns.some((cells) => standsForNothing(cells, token))),
  ];
  if (found.length === 0) return { value: [''], confidence: 0.9, evidence: 'only empty fields have no value' };
  const named = found.map((token) => JSON.stringify(token)).join(', ');
  return { value: ['', ...found], confidence: 0.8, evidence: `${named} stand where other values are of another type` };
}

function isToken({ text, quoted }: SampleCell, token: string): boolean {
  return !quoted && text === token;
}

function standsForNothing(cells: readonly SampleCell[], token: string): boolean {
  if (!cells.some((cell) => isToken(cell, token))) return false;
  const others = cells.filter(({ text, quoted }) => text.trim() !== '' && (quoted || !ANY.has(text)));
  const texts = others.map(({ text }) => text.trim());
  return texts.length > 0 && guessType(texts, '.').value !== 'text';
}
