import { LoadstoneError } from '#contract/errors';
import { badValue, type ConvertText } from './converter.ts';

/** PostgreSQL's own words. */
const TRUE_WORDS = ['true', 't', 'yes', 'y', 'on', '1'];
const FALSE_WORDS = ['false', 'f', 'no', 'n', 'off', '0'];

interface BooleanOptions {
  readonly true: readonly string[] | undefined;
  readonly false: readonly string[] | undefined;
  /** How words are spelled before they are compared: the column's trim and normalisation. */
  readonly spell: (word: string) => string;
  readonly place: string;
}

/**
 * Booleans by word. A list given replaces the default one (a word it takes from the other default list is its own). Case
 * does not matter, unless two words differ in nothing else.
 */
export function booleanConverter(options: BooleanOptions): ConvertText {
  const words = wordTable(options);
  const known = [...words.keys()].join(', ');
  return (text) => words.get(text) ?? words.get(text.toLowerCase()) ?? badValue(`is none of the words ${known}`);
}

function wordTable(options: BooleanOptions): Map<string, string> {
  const words = new Map<string, string>();
  const add = (list: readonly string[], value: string) => {
    for (const word of list.map(options.spell)) {
      if ((words.get(word) ?? value) !== value) throw inBoth(word, options.place);
      words.set(word, value);
    }
  };
  if (options.true !== undefined) add(options.true, 'true');
  if (options.false !== undefined) add(options.false, 'false');
  addMissing(
    words,
    [...words.entries()].map(([word, value]) => [word.toLowerCase(), value]),
  );
  if (options.true === undefined)
    addMissing(
      words,
      TRUE_WORDS.map((word) => [word, 'true']),
    );
  if (options.false === undefined)
    addMissing(
      words,
      FALSE_WORDS.map((word) => [word, 'false']),
    );
  return words;
}

function addMissing(words: Map<string, string>, entries: readonly (readonly [string, string])[]): void {
  for (const [word, value] of entries) if (!words.has(word)) words.set(word, value);
}

function inBoth(word: string, place: string): LoadstoneError {
  return new LoadstoneError({
    code: 'MAPPING_INVALID',
    message: `${place}: "${word}" stands in both "true" and "false".`,
    remedy: 'Leave it in one of the two lists.',
  });
}
