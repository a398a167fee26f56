import type { DialectProperty } from '#contract/inference';
import { isTyped } from './column-types.ts';
import { guessed } from './guess.ts';
import type { SampleRecord } from './read-sample.ts';

/** Rows looked at below the first. */
const LOOKED_INTO = 1_000;
const LONGEST_NAME = 128;

/** Whether the first record names the columns: its texts are of other types than what stands below them. */
export function guessHeader(records: readonly SampleRecord[]): DialectProperty<boolean> {
  const first = records[0]?.cells.map(({ text }) => text.trim()) ?? [];
  const rows = records.slice(1, LOOKED_INTO);
  const typed = first.findIndex((text) => text !== '' && isTyped([text]));
  if (typed >= 0) return guessed(false, 0.9, 'VALUE_IN_FIRST_LINE', { value: first[typed] ?? '' });
  const below = first.map((_, column) =>
    rows.map(({ cells }) => cells[column]?.text.trim() ?? '').filter((text) => text !== ''),
  );
  const differing = below.findIndex((values) => values.length > 0 && isTyped(values));
  if (differing >= 0) return guessed(true, 0.95, 'OTHER_TYPE_BELOW', { name: first[differing] ?? '' });
  const named = first.filter((text) => text !== '');
  const isNames = named.length === first.length && new Set(named).size === named.length;
  if (isNames && first.every((text, column) => isName(text) && !below[column]?.includes(text))) {
    return guessed(true, rows.length === 0 ? 0.5 : 0.7, 'NAMES_NOWHERE_BELOW');
  }
  return guessed(false, 0.6, 'LIKE_THE_OTHERS');
}

function isName(text: string): boolean {
  return text.length <= LONGEST_NAME && /\p{L}/u.test(text) && !/[\r\n]/.test(text);
}
