import { NEVER_TEXT } from '#engine/model/null-words';
import type { ValueStats } from '../observe/value-stats.ts';

/** What the words for no value are taken for in one column, with how often each came. */
export interface NullWords {
  readonly taken: ReadonlyMap<string, number>;
  readonly kept: ReadonlyMap<string, number>;
}

const NO_WORDS: NullWords = { taken: new Map(), kept: new Map() };

/** Decides about words such as `NA`: they are values where the others are texts, or where there are no others. */
export function settleNullWords(values: ValueStats, typeOf: (values: ValueStats) => string): NullWords {
  if (values.words.size === 0) return NO_WORDS;
  const isText = values.count === 0 || typeOf(values) === 'text';
  const taken = new Map<string, number>();
  const kept = new Map<string, number>();
  for (const [word, { count, scope, repeatedInScope }] of values.words) {
    if (!isText || word === NEVER_TEXT) {
      taken.set(word, count);
      continue;
    }
    kept.set(word, count);
    values.addAgain(word, { count, scope, repeatedInScope });
  }
  return { taken, kept };
}
