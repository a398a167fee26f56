import type { DialectProperty } from '#contract/inference';
import { NEVER_TEXT, NULL_WORDS } from '#engine/model/null-words';
import { isTyped } from './column-types.ts';
import { guessed } from './guess.ts';
import type { SampleCell } from './read-sample.ts';

/** Which texts say that there is no value, besides the empty field: those that stand in no column of other texts. */
export function guessNullValues(columns: readonly (readonly SampleCell[])[]): DialectProperty<readonly string[]> {
  const found = [...NULL_WORDS].filter((token) => {
    const holders = columns.filter((cells) => cells.some((cell) => isToken(cell, token)));
    return holders.length > 0 && (token === NEVER_TEXT || holders.every(hasTypedOthers));
  });
  if (found.length === 0) return guessed([''], 0.9, 'ONLY_EMPTY');
  return guessed(['', ...found], 0.8, 'TOKENS_AMONG_OTHERS', { tokens: found.join(', ') });
}

/** Whether the text may stand for no value. */
export function isNullToken({ text, quoted }: SampleCell): boolean {
  return !quoted && NULL_WORDS.has(text);
}

function isToken({ text, quoted }: SampleCell, token: string): boolean {
  return !quoted && text === token;
}

function hasTypedOthers(cells: readonly SampleCell[]): boolean {
  const others = cells.filter(({ text, quoted }) => text.trim() !== '' && (quoted || !NULL_WORDS.has(text)));
  return isTyped(others.map(({ text }) => text.trim()));
}
