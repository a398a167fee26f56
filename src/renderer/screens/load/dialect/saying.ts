import type { CsvDialectFacts } from '#contract/inference';
import type { DialectKey, DialectValue, Said } from './said.ts';

/** What a field of the panel needs to show a property and to say something else of it. */
export interface Saying {
  readonly said: Said;
  /** If nothing was said. */
  readonly guess: CsvDialectFacts | undefined;
  /** With what is said. */
  readonly read: CsvDialectFacts | undefined;
  /** undefined: back to the guess. */
  readonly tell: <Key extends DialectKey>(key: Key, value: DialectValue<Key> | undefined) => void;
}
