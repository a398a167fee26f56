import { TypeEvidence } from '#engine/model/types/type-evidence';
import { DistinctValues, type HashBudget } from './distinct-values.ts';
import { WordCounts } from './word-counts.ts';

const MOST_SAMPLES = 5;
const LONGEST_SAMPLE = 80;
const HASH_SIGN = 0x23;

/** What is known of the values at one path: bounded, however many there are. Values are trimmed, as a load trims them. */
export class ValueStats {
  /** Values that are not empty. */
  count = 0;
  empty = 0;
  shortest = Number.POSITIVE_INFINITY;
  longest = 0;
  /** The first different ones, cut. */
  readonly samples: string[] = [];
  readonly evidence = new TypeEvidence();
  readonly distinct: DistinctValues;
  /** What stands behind the `#` of values that begin with one, as links within a document do. */
  fragments: DistinctValues | null = null;
  /** How many values begin so. */
  pointing = 0;
  /** Values not in Unicode's composed form. */
  decomposed = 0;
  /** Values that hold what no PostgreSQL text can, or an entity that is not in the file: a load rejects their rows. */
  unloadable = 0;
  /** Words that may say that there is no value: among the values only once they are added again. */
  readonly words = new WordCounts();

  readonly #budget: HashBudget;

  constructor(budget: HashBudget, looksLikeId: boolean) {
    this.#budget = budget;
    this.distinct = new DistinctValues(budget, looksLikeId);
  }

  /** @param scope the number of the element within which the value may be a key. */
  add(raw: string, scope: number): void {
    const value = trimmed(raw);
    if (value === '') {
      this.empty += 1;
      return;
    }
    this.count += 1;
    if (value.length < this.shortest) this.shortest = value.length;
    if (value.length > this.longest) this.longest = value.length;
    if (this.samples.length < MOST_SAMPLES) this.#sample(value);
    this.evidence.add(value);
    this.distinct.add(value, scope);
    if (value.charCodeAt(0) === HASH_SIGN && value.length > 1) this.#point(value.slice(1));
    if (mayBeDecomposed(value) && value.normalize('NFC') !== value) this.decomposed += 1;
    if (value.includes('\0') || !value.isWellFormed()) this.unloadable += 1;
  }

  /** Takes a word for a value after all, as often as it came. */
  addAgain(
    word: string,
    { count, scope, repeatedInScope }: { count: number; scope: number; repeatedInScope: boolean },
  ) {
    this.add(word, scope);
    if (count > 1) this.distinct.add(word, repeatedInScope ? scope : -1);
    this.count += count - 1;
  }

  merge(other: ValueStats): void {
    this.words.merge(other.words);
    this.count += other.count;
    this.empty += other.empty;
    this.shortest = Math.min(this.shortest, other.shortest);
    this.longest = Math.max(this.longest, other.longest);
    for (const sample of other.samples) if (this.samples.length < MOST_SAMPLES) this.#sample(sample);
    this.evidence.merge(other.evidence);
    this.distinct.merge(other.distinct);
    this.pointing += other.pointing;
    if (this.fragments === null) this.fragments = other.fragments;
    else if (other.fragments !== null) this.fragments.merge(other.fragments);
    this.decomposed += other.decomposed;
    this.unloadable += other.unloadable;
  }

  #point(fragment: string): void {
    this.pointing += 1;
    this.fragments ??= new DistinctValues(this.#budget, false);
    this.fragments.add(fragment, 0);
  }

  #sample(value: string): void {
    const cut = value.length > LONGEST_SAMPLE ? `${value.slice(0, LONGEST_SAMPLE - 1)}…` : value;
    if (!this.samples.includes(cut)) this.samples.push(cut);
  }
}

/** `trim()` that costs nothing when both ends are printable ASCII, as nearly always. */
function trimmed(text: string): string {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  return first > 0x20 && first < 0x7f && last > 0x20 && last < 0x7f ? text : text.trim();
}

function mayBeDecomposed(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x300 && !(unit >= 0x1ea0 && unit <= 0x1ef9)) return true;
  }
  return false;
}
