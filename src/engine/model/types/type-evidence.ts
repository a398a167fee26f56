import { MomentEvidence } from './moment-evidence.ts';
import { NumberEvidence } from './number-evidence.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const UUID_LENGTH = 36;
/** A longer text is nothing but text. */
const LONGEST = 64;

/** What the values of one path can be, judged over all of them: each value can only take a type away. */
export class TypeEvidence {
  /** Nothing but text is left: further values need not be looked at. */
  isText = false;
  readonly numbers = new NumberEvidence();
  readonly moments = new MomentEvidence();
  uuid = true;
  /** true and false, in any case. */
  truth = true;
  /** yes and no: only when both occur (no is Norwegian too). */
  yesNo = true;
  sawYes = false;
  sawNo = false;

  add(value: string): void {
    if (this.isText) return;
    if (value.length > LONGEST) {
      this.isText = true;
      return;
    }
    this.numbers.add(value);
    this.moments.add(value);
    if (this.uuid) this.uuid = value.length === UUID_LENGTH && UUID.test(value);
    if (this.truth || this.yesNo) this.#addWord(value);
    this.isText = this.numbers.refuted && this.moments.refuted && !this.uuid && !this.truth && !this.yesNo;
  }

  merge(other: TypeEvidence): void {
    this.isText ||= other.isText;
    this.numbers.merge(other.numbers);
    this.moments.merge(other.moments);
    this.uuid &&= other.uuid;
    this.truth &&= other.truth;
    this.yesNo &&= other.yesNo;
    this.sawYes ||= other.sawYes;
    this.sawNo ||= other.sawNo;
  }

  #addWord(value: string): void {
    const word = value.length <= 5 ? value.toLowerCase() : '';
    this.truth &&= word === 'true' || word === 'false';
    this.yesNo &&= word === 'yes' || word === 'no';
    if (word === 'yes') this.sawYes = true;
    if (word === 'no') this.sawNo = true;
  }
}
