import { guessType } from './column-type.ts';
import type { Guess } from './guess.ts';
import type { SampleRecord } from './read-sample.ts';

/** Rows looked at below the first. */
const LOOKED_INTO = 1_000;
const LONGEST_NAME = 128;

/** Whether the first record names the columns: its texts are of other types than what stands below them. */
export function guessHeader(records: readonly SampleRecord[]): Guess<boolean> {
  const first = records[0]?.cells.map(({ text }) => text.trim()) ?? [];
  const rows = records.slice(1, LOOKED_INTO);
  const typed = first.findIndex((text) => text !== '' && isTyped([text]));
  if (typed >= 0) {
    return {
      value: false,
      confidence: 0.9,
      evidence: `${JSON.stringify(first[typed])} in the first line is a value, not a name`,
    };
  }
  const below = first.map((_, column) =>
    rows.map(({ cells }) => cells[column]?.text.trim() ?? '').filter((text) => text !== ''),
  );
  const differing = below.findIndex((values) => values.length > 0 && isTyped(values));
  if (differing >= 0) {
    const name = JSON.stringify(first[differing]);
    return { value: true, confidence: 0.95, evidence: `below ${name} stand values of another type` };
  }
  const named = first.filter((text) => text !== '');
  const isNames = named.length === first.length && new Set(named).size === named.length;
  if (isNames && first.every((text, column) => isName(text) && !below[column]?.includes(text))) {
    const confidence = rows.length === 0 ? 0.5 : 0.7;
    return { value: true, confidence, evidence: 'the texts of the first line are distinct and come nowhere below' };
  }
  return { value: false, confidence: 0.6, evidence: 'the first line is like the others' };
}

function isTyped(values: readonly string[]): boolean {
  return guessType(values, '.').value !== 'text' || guessType(values, ',').value !== 'text';
}

function isName(text: string): boolean {
  return text.length <= LONGEST_NAME && /\p{L}/u.test(text) && !/[\r\n]/.test(text);
}
