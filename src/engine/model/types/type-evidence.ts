import { isMoment, MomentEvidence } from './moment-evidence.ts';
import { isNumber, NumberEvidence } from './number-evidence.ts';
import { Outliers } from './outliers.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const UUID_LENGTH = 36;
const PAIRS: readonly (readonly string[])[] = [
  ['yes', 'no'],
  ['y', 'n'],
  ['t', 'f'],
];
/** A longer text is nothing but text. */
const LONGEST = 64;

/** What the values of one path can be, judged over all of them: each value can only take a type away. */
export class TypeEvidence {
  /** Nothing but text is left: further values only tell what most of them are. */
  isText = false;
  /** What takes numbers, or dates and times, away: values that are none even by themselves. */
  readonly noNumbers = new Outliers();
  readonly noMoments = new Outliers();
  readonly numbers = new NumberEvidence();
  readonly moments = new MomentEvidence();
  uuid = true;
  /** true and false, in any case. */
  truth = true;
  /** yes and no, y and n, t and f: only when both of a pair occur (no is Norwegian too). */
  yesNo = true;
  sawYes = false;
  sawNo = false;
  /** Which of the pairs was seen; -1: none yet. */
  #pair = -1;

  add(value: string): void {
    if (value.length > LONGEST) this.isText = true;
    if (!this.isText) this.#judge(value);
    // While they are not refuted, all of them are.
    if ((this.isText || this.numbers.refuted) && !isNumber(value)) this.noNumbers.add(value);
    if ((this.isText || this.moments.refuted) && !isMoment(value)) this.noMoments.add(value);
  }

  #judge(value: string): void {
    this.numbers.add(value);
    this.moments.add(value);
    if (this.uuid) this.uuid = value.length === UUID_LENGTH && UUID.test(value);
    if (this.truth || this.yesNo) this.#addWord(value);
    this.isText = this.numbers.refuted && this.moments.refuted && !this.uuid && !this.truth && !this.yesNo;
  }

  merge(other: TypeEvidence): void {
    this.isText ||= other.isText;
    this.noNumbers.merge(other.noNumbers);
    this.noMoments.merge(other.noMoments);
    this.numbers.merge(other.numbers);
    this.moments.merge(other.moments);
    this.uuid &&= other.uuid;
    this.truth &&= other.truth;
    const isOnePair = this.#pair < 0 || other.#pair < 0 || this.#pair === other.#pair;
    this.yesNo &&= other.yesNo && isOnePair;
    this.#pair = Math.max(this.#pair, other.#pair);
    this.sawYes ||= other.sawYes;
    this.sawNo ||= other.sawNo;
  }

  #addWord(value: string): void {
    const word = value.length <= 5 ? value.toLowerCase() : '';
    this.truth &&= word === 'true' || word === 'false';
    if (!this.yesNo) return;
    const pair = PAIRS.findIndex((words) => words.includes(word));
    this.yesNo = pair >= 0 && (this.#pair < 0 || this.#pair === pair);
    this.#pair = pair;
    if (word === PAIRS[pair]?.[0]) this.sawYes = true;
    else this.sawNo = true;
  }
}
